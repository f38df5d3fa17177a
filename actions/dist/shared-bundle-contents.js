import { C as stemOf, D as digestFile, W as UserError, b as metaPathOf, h as readOptional, i as readBundle } from "./shared-spool.js";
import { A as waitForLock, C as isSameKey, D as readJournal, E as copyJournals, T as openJob, b as mintIdentity, l as compareFingerprints, r as endJob, s as concatFiles, u as fingerprintOf, v as identityOf, w as listJobs, x as planRun } from "./shared-run-batch.js";
import { r as checkPlace } from "./shared-forge-options.js";
import { S as git, _ as writeTree, a as readLfsAuth, d as remoteUrl, f as retryLost, g as writeBlob, h as withIndex, i as findLfsUrl, n as askLfsServer, o as blobAt, t as LfsServerError, v as GitError, x as configEnv, y as authSettings } from "./shared-lfs-batch.js";
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { appendFile, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";

// actions/adapters/replace-file.ts
async function replaceFile(path, text, mode = 438) {
	const partial = `${path}.${randomUUID()}.partial`;
	try {
		await writeFile(partial, text, {
			flag: "wx",
			mode
		});
		await rename(partial, path);
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	}
}

// actions/merge-shards/merge-shards.ts
async function mergeShards(inputs, deps) {
	const parts = await findParts(deps.spool, inputs.runIds);
	const [first] = parts;
	if (!first) throw new UserError("nothing to merge", ["RUN…: name the shards’ run ids: batchledger spool list shows them"]);
	const problems = [...checkParts(parts), ...await checkEngines(parts)];
	const { model, dataset, rubric, limit } = first.job.key;
	const draft = await planRun({
		ledger: inputs.ledger,
		model,
		dataset: stemOf(dataset),
		...rubric === void 0 ? {} : { rubric },
		...limit === void 0 ? {} : { limit },
		concurrency: 1
	});
	try {
		if (draft.plan && draft.plan.source.sha256 !== first.job.requests_sha256) problems.push(`${first.job.run_id}: asked other requests than the ledger’s dataset and rubric give now`);
		if (problems.length > 0 || draft.problems.length > 0 || !draft.plan) throw new UserError("the shards can’t be merged", [...problems, ...draft.problems]);
		const { shard: _, ...key } = first.job.key;
		const { plan } = draft;
		const job = await openJob(deps.spool, {
			key,
			requests_sha256: first.job.requests_sha256,
			created_at: deps.now().toISOString()
		}, true, (attempt) => mintIdentity(plan.slug, plan.datasetName, new Date(deps.now().getTime() + attempt * 1e3)).runId);
		if (job.kind === "completed") throw new Error("a new job that is completed");
		try {
			const sources = parts.map((part) => ({
				path: join(part.folder, "journal.jsonl"),
				runId: part.job.run_id
			}));
			await copyJournals(sources, join(job.folder, "journal.jsonl"), job.runId);
			await concatFiles(parts.map(({ folder }) => join(folder, "engine.log")), join(job.folder, "engine.log"));
			await concatFiles(parts.map(({ folder }) => join(folder, "run.log")), join(job.folder, "run.log"));
			await appendFile(join(job.folder, "run.log"), `${deps.now().toISOString()} merged from ${inputs.runIds.join(", ")}\n`);
			const identity = identityOf(job.runId, plan.slug, plan.datasetName);
			const command = `batchledger merge ${parts.map((part) => part.job.run_id).join(" ")}`;
			return await endJob({
				...plan,
				...identity
			}, job.folder, {
				command,
				startedAt: deps.now()
			}, deps);
		} catch (error) {
			await rm(job.folder, { recursive: true });
			throw error;
		} finally {
			await job.release();
		}
	} finally {
		draft.plan?.source.close();
	}
}
async function findParts(spool, runIds) {
	const jobs = await listJobs(spool);
	const missing = runIds.filter((runId) => !jobs.some(({ job }) => job.run_id === runId));
	if (missing.length > 0) throw new UserError("no such run", missing.map((runId) => `${JSON.stringify(runId)} is not in the spool ${spool}: batchledger spool list shows what is`));
	return jobs.filter(({ job }) => runIds.includes(job.run_id)).sort((a, b) => indexOf(a.job) - indexOf(b.job));
}
function indexOf(job) {
	return Number(job.key.shard?.split("/")[0] ?? 0);
}
function checkParts(parts) {
	const whole = parts.filter(({ job }) => job.key.shard === void 0);
	const problems = whole.map(({ job }) => `${job.run_id}: is a whole run, not a shard`);
	const shards = parts.filter((part) => !whole.includes(part)).map(({ job }) => job);
	const [first] = shards;
	const count = Number(first?.key.shard?.split("/")[1] ?? 0);
	const withoutShard = (job) => JSON.stringify([{
		...job.key,
		shard: void 0
	}, job.requests_sha256]);
	const seen = /* @__PURE__ */ new Map();
	for (const job of shards) {
		const earlier = seen.get(indexOf(job));
		if (Number(job.key.shard?.split("/")[1]) !== count) problems.push(`${job.run_id}: is part ${job.key.shard}, ${first?.run_id} is ${first?.key.shard}`);
		else if (earlier !== void 0) problems.push(`${job.run_id}: is part ${job.key.shard}, as is ${earlier}`);
		else if (first && withoutShard(job) !== withoutShard(first)) problems.push(`${job.run_id}: is of another job than ${first.run_id}: model, dataset, rubric or requests differ`);
		seen.set(indexOf(job), job.run_id);
	}
	for (let index = 1; index <= count; index++) if (!seen.has(index)) problems.push(`part ${index}/${count} is missing: name its run`);
	return problems;
}
async function checkEngines(parts) {
	const journals = await Promise.all(parts.map(({ folder }) => readJournal(join(folder, "journal.jsonl"))));
	const reference = journals[0]?.segments[0]?.engine;
	return parts.flatMap(({ job }, index) => {
		const engine = journals[index]?.segments[0]?.engine;
		if (!engine) return [`${job.run_id}: has no answers yet: run it first`];
		if (!reference) return [];
		return compareFingerprints(fingerprintOf(reference), fingerprintOf(engine)).map((part) => `${job.run_id}: ${part}`);
	});
}

// actions/merge-shards/merge-when-whole.ts
const mergedMark = "merged.json";
async function mergeWhenWhole(inputs, deps) {
	const jobs = await listJobs(deps.spool);
	const asked = jobs.find(({ job }) => job.run_id === inputs.runId);
	if (asked?.job.key.shard === void 0) return { runId: inputs.runId };
	const { parts, waitingFor } = await findSiblings(jobs, asked.job);
	const [first] = parts;
	if (waitingFor.length > 0 || !first) return { waitingFor };
	const lock = await waitForLock(first.folder);
	try {
		const merged = await readOptional(join(first.folder, mergedMark));
		if (merged !== void 0) return { runId: JSON.parse(merged).run_id };
		const runIds = parts.map(({ job }) => job.run_id);
		const { runId } = await mergeShards({
			ledger: inputs.ledger,
			runIds
		}, deps);
		const mark = {
			run_id: runId,
			parts: runIds
		};
		await replaceFile(join(first.folder, mergedMark), `${JSON.stringify(mark)}\n`);
		return { runId };
	} finally {
		await lock.release();
	}
}
async function listMergedParts(jobs, runId) {
	for (const first of jobs) {
		const text = first.job.key.shard === void 0 ? void 0 : await readOptional(join(first.folder, mergedMark));
		const mark = text === void 0 ? void 0 : JSON.parse(text);
		if (mark?.run_id === runId) return [...jobs.filter((part) => part !== first && mark.parts.includes(part.job.run_id)), first];
	}
	return [];
}
async function findSiblings(jobs, asked) {
	const count = Number(asked.key.shard?.split("/")[1]);
	const parts = [];
	const waitingFor = [];
	for (let index = 1; index <= count; index++) {
		const shard = `${index}/${count}`;
		const key = {
			...asked.key,
			shard
		};
		const part = jobs.find(({ job }) => isSameKey(job.key, key) && job.requests_sha256 === asked.requests_sha256);
		if (part && await isEnded(part)) parts.push(part);
		else waitingFor.push(shard);
	}
	return {
		parts,
		waitingFor
	};
}
async function isEnded({ folder }) {
	const bundle = await readBundle(folder);
	return bundle !== void 0 && bundle.meta.status !== "failed";
}

// actions/adapters/lfs.ts
async function findLfsTarget(repository, { remote, auth }, base) {
	const url = await findLfsUrl(repository, remote, base);
	const settings = authSettings(await remoteUrl(repository, remote), auth, [url]);
	return {
		remote,
		url,
		auth: /^https?:\/\//.test(url) ? await readLfsAuth(repository, remote, url, auth) : {},
		settings
	};
}
async function storeObject(repository, path, file) {
	const text = await git(repository, [
		"lfs",
		"clean",
		"--",
		path
	], { input: createReadStream(file) });
	const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
	return {
		text,
		...oid === void 0 ? {} : { oid }
	};
}
function pointerText(content) {
	if (content.bytes === 0) return "";
	return `version https://git-lfs.github.com/spec/v1\noid sha256:${content.sha256}\nsize ${content.bytes}\n`;
}
async function pushObjects(repository, target, oids) {
	if (oids.length === 0) return;
	try {
		await retryLost(() => git(repository, [
			"lfs",
			"push",
			"--object-id",
			target.remote,
			...oids
		], { env: targetEnv(target) }));
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError("the rows could not be sent", [`${target.remote}: ${error.stderr}: publish again; the bundle is kept`]);
	}
}
function targetEnv({ url, settings }, more = []) {
	return configEnv([
		...settings,
		["lfs.url", url],
		["lfs.pushurl", url],
		...more
	]);
}
async function confirmObjects(repository, target, confirmed) {
	if (confirmed.objects.length === 0) return;
	if (!/^https?:\/\//.test(target.url)) return fetchAnew(repository, target, confirmed);
	try {
		const { missing } = await askLfsServer(target.url, target.auth, confirmed.objects);
		if (missing.size === 0) return;
		const tell = ([oid, reason]) => `${withoutCredentials(target.url)}: object ${oid.slice(0, 12)}… is not there: ${reason}: publish again; the bundle is kept`;
		throw new UserError("the remote does not hold the rows", [...missing].map(tell));
	} catch (error) {
		if (!(error instanceof LfsServerError)) throw error;
		await fetchAnew(repository, target, confirmed);
	}
}
async function fetchAnew(repository, target, { ref, paths }) {
	const url = await remoteUrl(repository, target.remote);
	const empty = await mkdtemp(join(tmpdir(), "batchledger-confirm-"));
	const env = targetEnv(target, [["remote.origin.url", url]]);
	try {
		await git(empty, [
			"init",
			"--quiet",
			"--bare"
		]);
		await git(empty, [
			"fetch",
			"--quiet",
			"--depth=1",
			"origin",
			ref
		], { env });
		await git(empty, [
			"lfs",
			"fetch",
			"origin",
			"FETCH_HEAD",
			`--include=${paths.join(",")}`
		], { env });
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError("the remote does not hold the rows", [`${withoutCredentials(url)}: ${error.stderr}: publish again; the bundle is kept`]);
	} finally {
		await rm(empty, {
			recursive: true,
			force: true
		});
	}
}
function withoutCredentials(url) {
	return url.replace(/\/\/[^/@]*@/, "//");
}

// actions/publish-run/bundle-contents.ts
const bundleParts = ["results", "log"];
async function checkBundle({ folder, meta }) {
	const problems = checkPlace(meta, metaPathOf(meta));
	for (const part of bundleParts) {
		const path = meta.files[part];
		const found = await digestFile(join(folder, path)).catch(() => void 0);
		if (!found) problems.push(`${join(folder, path)}: the meta names it, no such file: the bundle is damaged`);
		else if (found.sha256 !== meta.files.sha256[part]) problems.push(`${join(folder, path)}: sha256 is ${found.sha256.slice(0, 12)}…, the meta has ${meta.files.sha256[part].slice(0, 12)}…: the file was changed after the run`);
	}
	return problems;
}
async function storeContents(ledger, { folder, meta }) {
	const blobs = /* @__PURE__ */ new Map();
	const objects = [];
	for (const part of bundleParts) {
		const path = meta.files[part];
		const { oid, text } = await storeObject(ledger, path, join(folder, path));
		if (oid !== void 0 && oid !== meta.files.sha256[part]) throw new UserError("the bundle is not publishable", [`${join(folder, path)}: was changed while it was published: wait for the run's end, then publish again`]);
		if (oid !== void 0) objects.push({
			oid,
			size: meta.files.bytes[part]
		});
		blobs.set(path, await writeBlob(ledger, text));
	}
	const metaPath = metaPathOf(meta);
	blobs.set(metaPath, await writeBlob(ledger, await readFile(join(folder, metaPath), "utf8")));
	return {
		blobs,
		objects
	};
}
async function differingPaths(ledger, commit, prefix, { blobs }) {
	const other = [];
	const absent = [];
	for (const [path, blob] of blobs) {
		const there = await blobAt(ledger, commit, prefix + path);
		if (there === void 0) absent.push(prefix + path);
		else if (there !== blob) other.push(prefix + path);
	}
	return {
		other,
		absent
	};
}
async function buildTree(ledger, base, prefix, { blobs }) {
	return withIndex(ledger, base, async (env) => {
		for (const [path, blob] of blobs) {
			if (!path.endsWith(".meta.json")) {
				if (!(await git(ledger, [
					"check-attr",
					"--cached",
					"filter",
					"--",
					path
				], { env })).trim().endsWith(": lfs")) throw new UserError("rows would not travel as LFS pointers", [`.gitattributes on main: ${path} has no filter=lfs: add "results/**/*.jsonl filter=lfs diff=lfs merge=lfs -text", and the same for *.log, and push it to main`]);
			}
			await git(ledger, [
				"update-index",
				"--add",
				"--cacheinfo",
				`100644,${blob},${prefix}${path}`
			], { env });
		}
		return writeTree(ledger, env);
	});
}

export { storeContents as a, pointerText as c, mergeWhenWhole as d, replaceFile as f, differingPaths as i, pushObjects as l, bundleParts as n, confirmObjects as o, checkBundle as r, findLfsTarget as s, buildTree as t, listMergedParts as u };