import { A as runStep, C as stemOf, G as core_exports, I as policySchema, L as datasetSchema, P as parseYaml, S as policyPath, W as UserError, _ as catalogFolders, a as readSpooledBundle, b as metaPathOf, m as readCatalog, n as defaultSpool, r as publishedMark } from "./shared-spool.js";
import { t as escapeMarkdown } from "./shared-escape-markdown.js";
import { n as openForge, t as forgeOptions } from "./shared-forge-options.js";
import { a as storeContents, d as mergeWhenWhole, f as replaceFile, i as differingPaths, l as pushObjects, n as bundleParts, o as confirmObjects, r as checkBundle, s as findLfsTarget, t as buildTree } from "./shared-bundle-contents.js";
import { C as isUnauthorised, S as git, T as whyNotPushed, a as readLfsAuth, b as committerEnv, c as fetchBase, d as remoteUrl, f as retryLost, i as findLfsUrl, l as ledgerPrefix, m as tokenMend, o as blobAt, p as retryMoved, r as askUpload, s as checkRemote, t as LfsServerError, u as remoteHead, v as GitError, x as configEnv, y as authSettings } from "./shared-lfs-batch.js";
import { t as foreignHost } from "./shared-foreign-host.js";
import { O as readLock } from "./shared-run-batch.js";
import { d as maskMessage } from "./shared-read-verdict.js";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

// actions/publish-run/check-lfs-host.ts
async function privacyAt(ledger, commit, prefix, { dataset }) {
	const path = `${catalogFolders.datasets}/${stemOf(dataset.name)}.yaml`;
	const blob = await blobAt(ledger, commit, prefix + path);
	if (blob === void 0) return "personal";
	const { value } = parseYaml(await git(ledger, [
		"cat-file",
		"blob",
		blob
	]), path, datasetSchema);
	return (value?.privacy ?? "personal") === "personal" ? "personal" : dataset.privacy;
}
async function policyAt(ledger, commit, prefix, privacy) {
	if (privacy !== "personal") return policySchema.parse({});
	const blob = await blobAt(ledger, commit, prefix + policyPath);
	if (blob === void 0) return policySchema.parse({});
	const { value, problems } = parseYaml(await git(ledger, [
		"cat-file",
		"blob",
		blob
	]), policyPath, policySchema);
	if (value === void 0) throw new UserError("the policy on main can’t be read", problems);
	return value;
}
function checkLfsHosts(urls, privacy, policy) {
	if (privacy !== "personal") return [];
	const allowed = policy.allow_hosts.lfs;
	return [...new Set(urls.map(foreignHost))].filter((host) => host !== void 0 && !allowed.includes(host)).map((host) => `${host}: may not be sent personal rows: ${policyPath} on main allows ${["loopback", ...allowed].join(", ")}; add the host to allow_hosts.lfs through a reviewed change, or keep the rows on a server of yours (lfs.url in .lfsconfig on main)`);
}

// actions/publish-run/probe-rights.ts
async function probeRights(inputs) {
	const { ledger, remote, auth, forge, base = "main" } = inputs;
	const checked = [];
	const problems = await checkRemote(ledger, remote);
	if (problems.length > 0) return {
		ok: false,
		problems,
		checked
	};
	const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth));
	const commit = await collect(problems, () => fetchBase(ledger, remote, base, env));
	if (commit !== void 0) {
		problems.push(...await probePush(inputs, commit, env));
		checked.push("a push of a branch runs/… was rehearsed; rules that the server applies only to a real push are not seen");
		await collect(problems, () => probeLfs(inputs, commit, problems, checked));
	}
	if (forge) {
		problems.push(...await forge.probePull(base));
		checked.push(forge.kind === "github" ? "a pull request that can’t exist was asked for; GitHub may look at the switch \"Allow GitHub Actions to create and approve pull requests\" only later" : "a pull request that can’t exist was asked for");
	}
	return {
		ok: problems.length === 0,
		problems,
		checked
	};
}
async function probePush({ ledger, remote }, commit, env) {
	const branch = `runs/probe-${randomBytes(6).toString("hex")}`;
	try {
		await git(ledger, [
			"push",
			"--dry-run",
			"--quiet",
			"--no-verify",
			remote,
			`${commit}:refs/heads/${branch}`
		], { env });
		return [];
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		return [`${remote}: a branch ${branch} can't be pushed: ${error.stderr}: give a token or key that may (in a workflow: permissions contents: write)`];
	}
}
async function probeLfs(inputs, commit, problems, checked) {
	const { ledger, remote, privacy, auth } = inputs;
	const url = await findLfsUrl(ledger, remote, commit);
	const policy = await policyAt(ledger, commit, await ledgerPrefix(ledger), privacy);
	const refused = checkLfsHosts([url], privacy, policy);
	problems.push(...refused);
	checked.push(privacy === "personal" ? "the LFS hosts were held against main’s policy" : "the rows are not personal: any LFS host will do");
	if (!/^https?:/.test(url)) {
		checked.push("the LFS store is not behind HTTP: whether it takes uploads shows only when publishing");
		return;
	}
	if (refused.length > 0) return;
	const absent = {
		oid: randomBytes(32).toString("hex"),
		size: 1
	};
	const targets = await askUpload(url, await readLfsAuth(ledger, remote, url, auth), [absent]);
	problems.push(...checkLfsHosts(targets, privacy, policy));
	checked.push("the LFS server named a place for an upload; quotas and full disks are not seen");
}
async function collect(problems, step) {
	try {
		return await step();
	} catch (error) {
		if (error instanceof UserError || error instanceof LfsServerError) problems.push(...error.problems);
		else if (error instanceof GitError) problems.push(error.message);
		else throw error;
		return;
	}
}

// actions/publish-run/pull-request-body.ts
const mostCauses = 10;
const mostConflicts = 30;
const longestText = 300;
const longestCommand = 1500;
function pullRequestTitle(meta) {
	return `Run ${meta.run_id}${meta.status === "completed" ? "" : ` (${meta.status})`}`;
}
function pullRequestBody(meta, { base, jobUrl, note }) {
	return `${[
		headline(meta),
		...note === void 0 ? [] : [`Note: ${code(note)}`],
		"### What ran",
		table(["", ""], whatRan(meta)),
		"### Rows",
		table([
			"asked for",
			"answered",
			"errors",
			"missing",
			"success rate"
		], [[
			count(meta.results.total),
			count(meta.results.success),
			count(meta.results.errors),
			count(meta.results.missing),
			meta.results.success_rate === void 0 ? "–" : `${meta.results.success_rate} %`
		]]),
		...causes(meta),
		...conflicts(meta),
		"### Speed",
		table([
			"requests/s",
			"prompt tokens/s",
			"output tokens/s",
			"time with requests in flight"
		], [speed(meta)]),
		"### How to review",
		howToReview(meta, base),
		...jobUrl === void 0 ? [] : [`Made by ${link(jobUrl)}.`]
	].join("\n\n")}\n`;
}
function headline({ status, results, failure, dataset }) {
	const counted = `${count(results.success)} of ${count(results.total)} rows answered, ${count(results.errors)} errors, ${count(results.missing)} missing`;
	if (status === "completed") return `**Completed:** ${counted}.`;
	const why = failure === void 0 ? "" : ` Why: ${code(failure.code)}${reason(failure.message, dataset.privacy)}.`;
	return `${status === "failed" ? "❌ **This run failed:**" : "⚠️ **This run is partial:**"} ${counted}.${why}`;
}
function reason(message, privacy) {
	return privacy === "personal" ? "" : ` ${code(maskMessage(message))}`;
}
function whatRan({ model, dataset, execution, provenance }) {
	const { engine, host, sampling } = execution;
	const digest = (name, value) => value === void 0 ? [] : [`${name} ${prefix(value)}`];
	const weights = [
		...model.revision === void 0 ? [] : [`revision ${prefix(model.revision)}`],
		...digest("weights", model.weights_sha256),
		...model.quantization === void 0 ? [] : [code(model.quantization)]
	];
	const machine = [
		host?.name,
		host?.cpu,
		host?.platform
	].filter((part) => part !== void 0).map((part) => code(part));
	return [
		["model", [
			code(model.name),
			code(model.id),
			...weights
		].join(", ")],
		["dataset", [
			code(dataset.name),
			`${count(dataset.count)} rows`,
			dataset.privacy,
			...digest("sha256", dataset.sha256)
		].join(", ")],
		["rubric", [code(dataset.rubric ?? "none"), ...digest("prompt", dataset.prompt_sha256)].join(", ")],
		["engine", [engine.name, engine.version].filter((part) => part !== void 0).map((part) => code(part)).join(", ")],
		["sampling", sampling ? code(`temperature ${sampling.temperature}, max_tokens ${sampling.max_tokens}`) : "–"],
		["host", machine.join(", ") || "–"],
		["started", `${execution.started_at} to ${execution.completed_at ?? "–"}`],
		["retries, restarts, resumes", [
			execution.retries,
			execution.restarts,
			execution.resumes
		].map((value) => count(value ?? 0)).join(", ")],
		...provenance.source === "measured" ? [] : [["source", provenance.source]],
		["command", code(execution.command ?? "", longestCommand)]
	];
}
function causes({ results, dataset }) {
	const all = results.error_causes;
	if (all.length === 0) return [];
	const rows = all.slice(0, mostCauses).map((cause) => [
		count(cause.count),
		cause.status === void 0 ? "no answer" : `HTTP ${cause.status}`,
		cause.code === void 0 ? "–" : code(cause.code),
		dataset.privacy === "personal" ? "withheld: the rows are personal" : code(maskMessage(cause.message))
	]);
	const rest = all.length - rows.length;
	return [
		"### Errors",
		table([
			"rows",
			"status",
			"code",
			"cause"
		], rows),
		...rest > 0 ? [`… and ${rest} more causes, in the meta.`] : []
	];
}
function conflicts({ provenance: { conflicts: found, origin } }) {
	const leftOut = origin?.left_out.reduce((sum, { rows }) => sum + rows, 0) ?? 0;
	const told = origin === void 0 ? [] : ["### Imported", `From ${code(origin.file)} (${code(origin.format)}, sha256 ${prefix(origin.sha256)}): ${count(origin.imported)} of its ${count(origin.rows)} rows; ${count(leftOut)} left out, named in the meta.`];
	if (found.length === 0) return told;
	const rows = found.slice(0, mostConflicts).map(({ field, claimed, observed }) => [
		code(field),
		code(spell(claimed)),
		code(spell(observed))
	]);
	const rest = found.length - rows.length;
	return [
		...told,
		"### Conflicts: what was claimed against what the rows show",
		table([
			"field",
			"claimed",
			"observed"
		], rows),
		...rest > 0 ? [`… and ${rest} more, in the meta.`] : []
	];
}
function spell(value) {
	return typeof value === "string" ? value : JSON.stringify(value) ?? "–";
}
function speed({ execution, results }) {
	const seconds = execution.duration_seconds;
	const perSecond = (mean) => mean === void 0 || seconds === void 0 || seconds === 0 ? "–" : (mean * results.success / seconds).toFixed(1);
	return [
		execution.req_per_sec === void 0 ? "–" : String(execution.req_per_sec),
		perSecond(results.avg_prompt_tokens),
		perSecond(results.avg_completion_tokens),
		seconds === void 0 ? "–" : duration(seconds)
	];
}
function howToReview(meta, base) {
	const failed = meta.status === "completed" ? [] : [`- The run is ${meta.status}. Merge it to keep it as a record, or close this: the same run command goes on where it stopped.`];
	return [
		"- Wait for the status `batchledger/verify`. Its comment says whether every figure above follows from the rows, whether every byte is on the server, and what changed against the last comparable run.",
		`- Only three files may change: ${code(meta.files.results)}, its log, and ${code(metaPathOf(meta))}.`,
		...failed,
		`- **Merging publishes the run**: it becomes write-once on ${code(base)}, the index and the site are rebuilt. Closing publishes nothing, and the rows stay on the runner until somebody drops them.`
	].join("\n");
}
function table(head, rows) {
	const cell = (text) => text.replaceAll("\\", "⧵").replaceAll("|", "\\|");
	const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
	return [
		line(head),
		line(head.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
function code(text, longest = longestText) {
	const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").replaceAll("`", "’").trim();
	const cut = line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
	return cut === "" ? "–" : `\`${cut}\``;
}
function link(url) {
	return /^https?:\/\/[\w.:/?=&%[\]-]{1,400}$/.test(url) ? `[this job](${url})` : code(url);
}
function prefix(digest) {
	return code(digest.slice(0, 12));
}
function count(value) {
	return value.toLocaleString("en-US");
}
function duration(seconds) {
	if (seconds < 60) return `${seconds.toFixed(1)} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

// actions/publish-run/open-pull.ts
async function openPull(forge, inputs) {
	const { branch, assignee } = inputs;
	const there = await forge.findPull(branch);
	if (there?.merged) return {
		number: there.number,
		url: there.url,
		created: false,
		state: "merged"
	};
	if (inputs.onBase) return there && {
		number: there.number,
		url: there.url,
		created: false,
		state: there.state
	};
	if (there?.state === "closed" && !inputs.reopen) return {
		number: there.number,
		url: there.url,
		created: false,
		state: "closed"
	};
	const pull = there?.state === "open" ? there : await makePull(forge, inputs, there);
	if (assignee !== void 0) await forge.assignPull(pull.number, assignee);
	return {
		number: pull.number,
		url: pull.url,
		created: pull.number !== there?.number,
		state: "open"
	};
}
async function makePull(forge, { meta, branch, base, jobUrl, note }, closed) {
	const facts = {
		base,
		...jobUrl === void 0 ? {} : { jobUrl },
		...note === void 0 ? {} : { note }
	};
	const text = {
		title: pullRequestTitle(meta),
		body: pullRequestBody(meta, facts)
	};
	if (closed) try {
		await forge.updatePull(closed.number, {
			...text,
			state: "open"
		});
		return closed;
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
	}
	return forge.createPull({
		branch,
		base,
		...text
	});
}

// actions/publish-run/publish-run.ts
async function publishRun(inputs) {
	const runFolder = join(inputs.spool, inputs.runId);
	const bundle = await readSpooledBundle(inputs.spool, inputs.runId);
	const prefix = await ledgerPrefix(inputs.ledger);
	const owner = await readLock(runFolder);
	const problems = [
		...owner ? [`${inputs.runId}: process ${owner.pid} on ${owner.host} is at it: wait for its end`] : [],
		...await checkBundle(bundle),
		...await checkRemote(inputs.ledger, inputs.remote)
	];
	if (problems.length > 0) throw new UserError("the bundle is not publishable", problems);
	const { onBase, ...published } = await publishBundle(inputs, bundle, prefix);
	const mark = {
		remote: inputs.remote,
		branch: published.branch,
		commit: published.commit
	};
	await replaceFile(join(runFolder, publishedMark), `${JSON.stringify(mark)}\n`);
	if (!inputs.forge) return published;
	const { forge, base = "main", assignee, jobUrl, note, reopen } = inputs;
	const pull = await openPull(forge, {
		meta: bundle.meta,
		branch: published.branch,
		base,
		onBase,
		...assignee === void 0 ? {} : { assignee },
		...jobUrl === void 0 ? {} : { jobUrl },
		...note === void 0 || note === "" ? {} : { note },
		reopen: reopen === true
	});
	return {
		...published,
		...pull === void 0 ? {} : { pull }
	};
}
async function publishBundle(inputs, bundle, prefix) {
	const { ledger, remote, auth } = inputs;
	const { meta } = bundle;
	const env = configEnv(authSettings(await remoteUrl(ledger, remote), auth));
	const base = await fetchBase(ledger, remote, inputs.base ?? "main", env);
	const target = await findLfsTarget(ledger, inputs, base);
	const privacy = await privacyAt(ledger, base, prefix, meta);
	const policy = await policyAt(ledger, base, prefix, privacy);
	refuseHosts(checkLfsHosts([target.url], privacy, policy));
	const contents = await storeContents(ledger, bundle);
	const publication = {
		inputs,
		env,
		base,
		branch: `runs/${meta.run_id}`,
		prefix,
		meta,
		contents
	};
	await refuseRewrite(publication);
	const tree = await buildTree(ledger, base, prefix, contents);
	const merged = tree === (await git(ledger, ["rev-parse", `${base}^{tree}`])).trim();
	const published = merged ? base : await findPublished(publication);
	if (privacy === "personal" && /^https?:/.test(target.url)) {
		const targets = await askUpload(target.url, target.auth, contents.objects);
		refuseHosts(checkLfsHosts(targets, privacy, policy));
	}
	await pushObjects(ledger, target, contents.objects.map(({ oid }) => oid));
	const commit = published ?? await commitAndPush(publication, tree);
	await confirmObjects(ledger, target, {
		ref: `refs/heads/${merged ? inputs.base ?? "main" : publication.branch}`,
		paths: bundleParts.map((part) => prefix + meta.files[part]),
		objects: contents.objects
	});
	return {
		runId: meta.run_id,
		branch: publication.branch,
		commit,
		already: published !== void 0,
		onBase: merged
	};
}
function refuseHosts(problems) {
	if (problems.length > 0) throw new UserError("the rows may not go there; nothing was sent", problems);
}
async function refuseRewrite({ inputs, base, prefix, contents }) {
	const { other } = await differingPaths(inputs.ledger, base, prefix, contents);
	if (other.length === 0) return;
	throw new UserError("the run is on main already", other.map((path) => `${path}: stands on main with other content, and a run is write-once once it is merged: make a new run of it with batchledger run … --continues ${inputs.runId}`));
}
async function findPublished({ inputs, env, branch, prefix, contents }) {
	const { ledger, remote } = inputs;
	const commit = await remoteHead(ledger, remote, branch, env);
	if (commit === void 0) return void 0;
	await retryLost(() => git(ledger, [
		"fetch",
		"--quiet",
		"--no-tags",
		remote,
		`refs/heads/${branch}`
	], { env }));
	const { other, absent } = await differingPaths(ledger, commit, prefix, contents);
	const [path] = [...other, ...absent];
	if (path === void 0) return commit;
	throw new UserError("the branch holds something else", [`${remote}/${branch}: ${path} differs from the bundle: look at the branch; delete it if it is stale, then publish again`]);
}
async function commitAndPush(publication, tree) {
	const { inputs, env, base, branch, meta } = publication;
	const at = meta.execution.completed_at ?? meta.execution.started_at;
	const subject = `Add run ${meta.run_id}`;
	const body = `${meta.model.name} over ${meta.dataset.name}: ${meta.status}, ${meta.results.success} of ${meta.results.total} rows answered`;
	const commit = (await git(inputs.ledger, [
		"commit-tree",
		tree,
		"-p",
		base,
		"-m",
		subject,
		"-m",
		body
	], { env: {
		...await committerEnv(inputs.ledger),
		GIT_AUTHOR_DATE: at,
		GIT_COMMITTER_DATE: at
	} })).trim();
	try {
		let pushed = false;
		return await retryMoved(async () => {
			const there = pushed ? await findPublished(publication) : void 0;
			if (there !== void 0) return there;
			pushed = true;
			const refspec = `${commit}:refs/heads/${branch}`;
			await git(inputs.ledger, [
				"push",
				"--quiet",
				"--no-verify",
				inputs.remote,
				refspec
			], { env });
			return commit;
		});
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError("the push was refused", [`${inputs.remote}: ${error.stderr}: ${pushMend(error)}`]);
	}
}
function pushMend(error) {
	if (isUnauthorised(error)) return tokenMend;
	if (whyNotPushed(error) !== "refused") return "publish again; the bundle is kept";
	return "give a token or key that may push branches runs/* (in a workflow: permissions contents: write), then publish again; the bundle is kept";
}

// actions/publish-run/publish-run-step.ts
const remote = "origin";
const publishRunStep = async (context) => {
	const ledger = context.input("ledger") ?? process.cwd();
	const spool = defaultSpool(context.env);
	const forge = await openForge(forgeOptions(context));
	const auth = { token: context.token() };
	if (context.input("probe") === "true") {
		const { problems, checked } = await probeRights({
			ledger,
			remote,
			forge,
			auth,
			privacy: await privacyOf(context, ledger)
		});
		return {
			faults: problems,
			summary: renderChecked(checked)
		};
	}
	const asked = context.input("run-id");
	if (asked === void 0) return tellNoRun(forge, context);
	const merged = await mergeWhenWhole({
		ledger,
		runId: asked
	}, {
		spool,
		now: () => /* @__PURE__ */ new Date(),
		engineName: "merge"
	});
	if ("waitingFor" in merged) {
		const { meta } = await readSpooledBundle(spool, asked);
		if (meta.status === "failed") await tellFailure(forge, meta, void 0);
		return {
			outputs: { published: "false" },
			summary: `The run is published when its other shards have ended: ${merged.waitingFor.join(", ")}.\n`
		};
	}
	const { runId } = merged;
	const [assignee, note] = [context.input("assignee"), context.input("note")];
	const published = await publishRun({
		ledger,
		spool,
		runId,
		remote,
		forge,
		auth,
		...assignee === void 0 ? {} : { assignee },
		...note === void 0 ? {} : { note },
		jobUrl: workflowRunUrl(forge, context)
	});
	const { meta } = await readSpooledBundle(spool, runId);
	const { pull, commit } = published;
	if (meta.status === "failed") await tellFailure(forge, meta, pull?.url);
	return {
		outputs: {
			published: String(pull?.state === "open"),
			"run-id": runId,
			head: commit,
			...pull ? {
				number: String(pull.number),
				url: pull.url
			} : {}
		},
		summary: `${escapeMarkdown(runId)}: ${meta.status}, ${pull ? `[pull request ${pull.number}](${pull.url}), ${pull.state}` : "on main already"}\n`
	};
};
async function privacyOf({ input }, ledger) {
	return (await readCatalog(ledger)).datasets.get(input("dataset") ?? "")?.privacy ?? "personal";
}
function renderChecked(checked) {
	return [
		"### Rights to publish",
		"",
		...checked.map((text) => `- ${escapeMarkdown(text)}`),
		""
	].join("\n");
}
function workflowRunUrl(forge, { env }) {
	return `${forge.url}/actions/runs/${env["GITHUB_RUN_ID"] ?? ""}`;
}
async function tellNoRun(forge, { env }) {
	const address = workflowRunUrl(forge, { env });
	const { url } = await forge.openIssue({
		marker: `<!-- batchledger:workflow-run ${env["GITHUB_RUN_ID"] ?? ""} -->`,
		title: "A run did not come to a bundle",
		body: `The job that runs the model ended without a bundle. [Its log](${address}) says why. What was answered is kept: dispatch the same run again, and it goes on from there.`
	});
	return {
		outputs: { published: "false" },
		warnings: [`the run has no bundle: ${url}`]
	};
}
async function tellFailure(forge, meta, pullUrl) {
	const { run_id: runId, failure, results, dataset } = meta;
	const why = dataset.privacy === "personal" ? failure?.code : failure?.message;
	await forge.openIssue({
		marker: `<!-- batchledger:run ${runId} -->`,
		title: `Run failed: ${runId}`,
		body: [
			escapeMarkdown(why ?? "no row was answered well"),
			"",
			`${results.success} ok + ${results.errors} errors + ${results.missing} missing = ${results.total} rows.`,
			...pullUrl === void 0 ? [] : [`Its bundle is in ${pullUrl}: close it, or merge it to keep the record.`]
		].join("\n")
	});
}

// actions/publish-run/main.ts
await runStep(core_exports, publishRunStep);

export {  };