import { A as runStep, D as digestFile, G as core_exports, S as policyPath, W as UserError, _ as catalogFolders, b as metaPathOf, c as buildIndex, i as readBundle, l as formatJson, n as defaultSpool, v as indexPath } from "./shared-spool.js";
import { i as readLedger, n as openForge, t as forgeOptions } from "./shared-forge-options.js";
import { S as git, _ as writeTree, b as committerEnv, c as fetchBase, d as remoteUrl, g as writeBlob, h as withIndex, l as ledgerPrefix, o as blobAt, p as retryMoved, s as checkRemote, u as remoteHead, v as GitError, x as configEnv, y as authSettings } from "./shared-lfs-batch.js";
import { c as pointerText, i as differingPaths, n as bundleParts, o as confirmObjects, s as findLfsTarget, u as listMergedParts } from "./shared-bundle-contents.js";
import { O as readLock, S as askedAll, k as takeLock, w as listJobs } from "./shared-run-batch.js";
import { Readable } from "node:stream";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";

// actions/publish-run/clear-merged.ts
async function clearMerged(inputs) {
	const { ledger, spool, remote, auth } = inputs;
	const faults = await checkRemote(ledger, remote);
	if (faults.length > 0) throw new UserError("the spool was not cleared", faults);
	const prefix = await ledgerPrefix(ledger);
	const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth));
	const base = await fetchBase(ledger, remote, inputs.base ?? "main", env);
	const target = await findLfsTarget(ledger, inputs, base);
	const outcome = {
		cleared: [],
		kept: []
	};
	const jobs = await listJobs(spool);
	for (const { job, folder } of jobs) {
		const runId = job.run_id;
		if (outcome.cleared.includes(runId)) continue;
		const lock = await takeLock(folder);
		if ("heldBy" in lock) {
			outcome.kept.push({
				runId,
				why: `process ${lock.heldBy.pid} on ${lock.heldBy.host} is at it`
			});
			continue;
		}
		try {
			const parts = await listMergedParts(jobs, runId);
			const why = await whyKept(inputs, await readBundle(folder), {
				base,
				prefix,
				target
			}) ?? await whoHolds(parts);
			if (why === void 0) {
				for (const place of [...parts.map((part) => part.folder), folder]) await rm(place, {
					recursive: true,
					force: true
				});
				outcome.cleared.push(...parts.map((part) => part.job.run_id), runId);
			} else outcome.kept.push({
				runId,
				why
			});
		} finally {
			await lock.release();
		}
	}
	return outcome;
}
async function whoHolds(parts) {
	for (const { job, folder } of parts) {
		const owner = await readLock(folder);
		if (owner) return `process ${owner.pid} on ${owner.host} is at its shard ${job.run_id}`;
	}
}
async function whyKept({ ledger, base: branch = "main" }, bundle, { base, prefix, target }) {
	if (!bundle) return "it has no bundle yet";
	const { folder, meta } = bundle;
	if (!askedAll(meta)) return `it is ${meta.status}: the same command may go on; spool drop removes it`;
	const blobs = /* @__PURE__ */ new Map();
	const objects = [];
	for (const part of bundleParts) {
		const found = await digestFile(join(folder, meta.files[part])).catch(() => void 0);
		if (!found) return `${meta.files[part]} is not in its bundle`;
		blobs.set(meta.files[part], await blobOf(ledger, pointerText(found)));
		if (found.bytes > 0) objects.push({
			oid: found.sha256,
			size: found.bytes
		});
	}
	blobs.set(metaPathOf(meta), await blobOf(ledger, await readFile(join(folder, metaPathOf(meta)), "utf8")));
	const { other, absent } = await differingPaths(ledger, base, prefix, { blobs });
	if (other.length > 0) return `${branch} holds other bytes at ${other.join(", ")}`;
	if (absent.length > 0) return `it is not on ${branch} yet`;
	try {
		const paths = bundleParts.map((part) => prefix + meta.files[part]);
		await confirmObjects(ledger, target, {
			ref: `refs/heads/${branch}`,
			paths,
			objects
		});
		return;
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return error.problems.join("; ");
	}
}
async function blobOf(ledger, text) {
	return (await git(ledger, ["hash-object", "--stdin"], { input: Readable.from([text]) })).trim();
}

// actions/register-runs/materialise-ledger.ts
async function withLedgerAt(at, work) {
	const files = await listFiles(at);
	await fetchBlobs(at, files);
	const folder = await mkdtemp(join(tmpdir(), "batchledger-ledger-"));
	try {
		const texts = await readBlobs(at, files);
		for (const { path, oid, link } of files) {
			const place = join(folder, path);
			await mkdir(dirname(place), { recursive: true });
			if (link) await symlink(".", place);
			else await writeFile(place, texts.get(oid) ?? "");
		}
		return await work(folder);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
const authored = [...Object.values(catalogFolders), "results"];
async function listFiles({ repository, commit, prefix }) {
	const paths = [...authored, policyPath].map((path) => prefix + path);
	const listed = await git(repository, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		commit,
		"--",
		...paths
	]);
	const files = [];
	for (const line of listed.split("\0")) {
		const [, mode = "", oid = "", path = ""] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
		const inLedger = path.slice(prefix.length);
		const isMeta = /^results\/[^/]+\/[^/]+\.meta\.json$/.test(inLedger);
		const isEntry = /^registry\/(?:[^/]+\/)?[^/]+\.ya?ml$/.test(inLedger);
		if ((isMeta || isEntry) && !inLedger.split("/").includes("..")) files.push({
			link: mode === "120000",
			oid,
			path: inLedger
		});
	}
	return files;
}
async function fetchBlobs({ repository, remote, env }, files) {
	if ((await git(repository, [
		"config",
		"--get",
		`remote.${remote}.promisor`
	]).catch((error) => {
		if (error instanceof GitError) return "";
		throw error;
	})).trim() !== "true" || files.length === 0) return;
	const oids = files.map(({ oid }) => `${oid}\n`).join("");
	await git(repository, [
		...[
			"-c",
			"fetch.negotiationAlgorithm=noop",
			"fetch",
			"--quiet",
			"--no-tags",
			"--no-write-fetch-head"
		],
		"--recurse-submodules=no",
		"--filter=blob:none",
		"--stdin",
		remote
	], {
		input: Readable.from([oids]),
		env
	});
}
async function readBlobs({ repository, env }, files) {
	const wanted = [...new Set(files.filter(({ link }) => !link).map(({ oid }) => oid))];
	const texts = /* @__PURE__ */ new Map();
	if (wanted.length === 0) return texts;
	const output = Buffer.from(await git(repository, ["cat-file", "--batch"], {
		input: Readable.from([`${wanted.join("\n")}\n`]),
		env
	}));
	let at = 0;
	while (at < output.length) {
		const end = output.indexOf("\n", at);
		const [oid = "", kind, size = ""] = output.toString("utf8", at, end).split(" ");
		if (kind !== "blob") throw new Error(`${oid} is ${kind}, expected a blob`);
		const from = end + 1;
		texts.set(oid, output.toString("utf8", from, from + Number(size)));
		at = from + Number(size) + 1;
	}
	return texts;
}

// actions/register-runs/push-index.ts
const indexBranch = "batchledger/index";
async function pushIndex(inputs) {
	const { ledger, remote, auth, base: branch = "main" } = inputs;
	const faults = await checkRemote(ledger, remote);
	if (faults.length > 0) throw new UserError("the index was not written", faults);
	const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth));
	let change;
	try {
		const { index, commit } = await retryMoved(async () => {
			change = await commitIndex(inputs, env);
			if (change.commit !== void 0) await push(inputs, env, `${change.commit}:refs/heads/${branch}`);
			return change;
		});
		if (commit === void 0) return {
			index,
			where: "up to date",
			warnings: []
		};
		return {
			index,
			where: "main",
			commit,
			warnings: []
		};
	} catch (error) {
		if (!(error instanceof GitError) || change === void 0) throw error;
		return offerIndex(inputs, env, change.index, error);
	}
}
async function commitIndex(inputs, env) {
	const { ledger: repository, remote } = inputs;
	const base = await fetchBase(repository, remote, inputs.base ?? "main", env);
	const prefix = await ledgerPrefix(repository);
	const ledger = await withLedgerAt({
		repository,
		remote,
		commit: base,
		prefix,
		env
	}, readLedger);
	if (ledger.problems.length > 0) throw new UserError("the index was not written", ledger.problems);
	const index = buildIndex(ledger.runs, ledger.catalog);
	const blob = await writeBlob(repository, formatJson(index));
	const path = prefix + indexPath;
	if (await blobAt(repository, base, path) === blob) return { index };
	const tree = await withIndex(repository, base, async (indexEnv) => {
		await git(repository, [
			"update-index",
			"--add",
			"--cacheinfo",
			`100644,${blob},${path}`
		], { env: indexEnv });
		return writeTree(repository, indexEnv);
	});
	const message = `Update the index: ${index.runs.length} runs`;
	const at = (await git(repository, [
		"show",
		"--no-patch",
		"--format=%cI",
		base
	])).trim();
	return {
		index,
		commit: (await git(repository, [
			"commit-tree",
			tree,
			"-p",
			base,
			"-m",
			message
		], { env: {
			...await committerEnv(repository),
			GIT_AUTHOR_DATE: at,
			GIT_COMMITTER_DATE: at
		} })).trim()
	};
}
async function push({ ledger, remote }, env, refspec, options = []) {
	await git(ledger, [
		"push",
		"--quiet",
		"--no-verify",
		...options,
		remote,
		refspec
	], { env });
}
async function offerIndex(inputs, env, index, refused) {
	const { forge, base = "main", remote } = inputs;
	const why = reasonIn(refused.stderr);
	const mend = `let the job push to ${base} (a deploy key or an app on the bypass list of its rules), or run batchledger register and commit ${indexPath}`;
	if (!forge) return {
		index,
		where: "nowhere",
		warnings: [`${remote}/${base}: takes no push of the index (${why}), and there is no token for a pull request: ${mend}`]
	};
	const warnings = [`${remote}/${base}: takes no push of the index (${why}): offered as a pull request; ${mend}`];
	try {
		const offered = await retryMoved(() => pushBranch(inputs, env));
		const { commit } = offered;
		if (commit === void 0) return {
			index: offered.index,
			where: "up to date",
			warnings: []
		};
		const { pull, created } = await openIndexPull(forge, base, offered.index);
		return {
			index: offered.index,
			where: "pull request",
			commit,
			pull: {
				number: pull.number,
				url: pull.url,
				created
			},
			warnings
		};
	} catch (error) {
		if (!(error instanceof GitError || error instanceof UserError)) throw error;
		const found = error instanceof UserError ? error.problems : [`${indexBranch}: ${reasonIn(error.stderr)}`];
		return {
			index,
			where: "nowhere",
			warnings: [...warnings, ...found]
		};
	}
}
async function pushBranch(inputs, env) {
	const there = await remoteHead(inputs.ledger, inputs.remote, indexBranch, env);
	const change = await commitIndex(inputs, env);
	if (change.commit === void 0 || change.commit === there) return change;
	const lease = `--force-with-lease=refs/heads/${indexBranch}:${there ?? ""}`;
	await push(inputs, env, `${change.commit}:refs/heads/${indexBranch}`, [lease]);
	return change;
}
async function openIndexPull(forge, base, index) {
	const there = await forge.findPull(indexBranch);
	const text = {
		title: `Update the index: ${index.runs.length} runs`,
		body: `\`${indexPath}\` as it follows from the metas on \`${base}\`. It is derived: nothing but other tools reads it, and the site doesn't wait for it.\n\nThis pull request is kept up to date in place. It is here because the job may not push to \`${base}\`.\n`
	};
	if (there?.state === "open") {
		await forge.updatePull(there.number, text);
		return {
			pull: there,
			created: false
		};
	}
	return {
		pull: await forge.createPull({
			branch: indexBranch,
			base,
			...text
		}),
		created: true
	};
}
function reasonIn(stderr) {
	const told = stderr.split("\n").map((line) => line.replace(/^remote:\s*(?:error:)?/, "").trim()).filter((line) => line !== "");
	return (told.find((line) => /protected|declined|denied|not allowed|GH0/i.test(line)) ?? told.at(-1) ?? "").slice(0, 200);
}

// actions/register-runs/register-runs-step.ts
const remote = "origin";
const registerRunsStep = async (context) => {
	const ledger = context.input("ledger") ?? process.cwd();
	const forge = await openForge(forgeOptions(context));
	const auth = { token: context.token() };
	const { index, where, pull, warnings } = await pushIndex({
		ledger,
		remote,
		forge,
		auth
	});
	const { cleared } = await clearMerged({
		ledger,
		spool: defaultSpool(context.env),
		remote,
		auth
	});
	const offered = pull === void 0 ? "" : ` ([pull request ${pull.number}](${pull.url}))`;
	return {
		outputs: {
			changed: String(where === "main" || where === "pull request"),
			...pull === void 0 ? {} : { number: String(pull.number) }
		},
		warnings,
		summary: [
			`### Index: ${where}${offered}`,
			"",
			`${index.runs.length} runs.`,
			...cleared.length === 0 ? [] : [`Removed from the spool, since they are on main: ${cleared.length}.`],
			""
		].join("\n")
	};
};

// actions/register-runs/main.ts
await runStep(core_exports, registerRunsStep);

export {  };