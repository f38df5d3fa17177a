import { A as runStep, G as core_exports, T as promptSha256, W as UserError, k as givenInputs, m as readCatalog, n as defaultSpool } from "./shared-spool.js";
import { t as escapeMarkdown } from "./shared-escape-markdown.js";
import { a as readRuns, n as openForge, t as forgeOptions } from "./shared-forge-options.js";
import { a as findNamedEngine, i as readGpuMemory, n as writeDispatch, r as checkVram, t as readDispatch } from "./shared-read-dispatch.js";
import { C as isSameKey, O as readLock, i as keyOf, w as listJobs, x as planRun, y as isLoopback } from "./shared-run-batch.js";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { totalmem } from "node:os";

// actions/plan-runs/forecast-run.ts
const charactersPerToken = 4;
const rowOverhead = 700;
const headBytes = 80;
function forecastRun(plan, earlier) {
	const rows = plan.order.length;
	const meta = earlier[0]?.meta;
	let characters = 0;
	for (const position of plan.order) characters += plan.source.sizes[position] ?? 0;
	const { max_tokens: maxTokens } = plan.source.sampling;
	const answered = meta ? meta.results.success + meta.results.errors : 0;
	const rowBytes = meta && answered > 0 ? meta.files.bytes.results / answered : rowOverhead + maxTokens * charactersPerToken;
	const promptTokens = meta?.results.avg_prompt_tokens;
	const rate = meta?.execution.req_per_sec;
	return {
		rows,
		prompt_tokens: Math.round(promptTokens === void 0 ? characters / charactersPerToken : promptTokens * rows),
		...rate === void 0 || rate === 0 ? {} : { hours: Math.round(rows / rate / 3600 * 1e3) / 1e3 },
		journal_bytes: Math.round(rows * (rowBytes + headBytes)),
		lfs_bytes: Math.round(rows * rowBytes),
		...meta ? { from: meta.run_id } : {}
	};
}

// actions/plan-runs/plan-runs.ts
async function planOneRun(inputs, deps) {
	const draft = await planRun(inputs);
	try {
		const problems = [...draft.problems, ...draft.model ? await deps.checkEngine(inputs.model, draft.model) : []];
		const planned = {
			model: inputs.model,
			dataset: inputs.dataset,
			problems,
			warnings: draft.warnings
		};
		if (!draft.plan) return planned;
		const { plan } = draft;
		const forecast = forecastRun(plan, await earlierRuns(inputs.ledger, plan));
		problems.push(...await checkDisk(deps.spool, forecast.journal_bytes + forecast.lfs_bytes));
		if (inputs.baseUrl === void 0) problems.push(...checkMemory(inputs.model, plan.model));
		else if (isLoopback(inputs.baseUrl)) problems.push(...checkVram(inputs.model, plan.model, await readGpuMemory()));
		if (deps.again !== true) problems.push(...await checkInProgress(deps.spool, plan));
		return {
			...planned,
			...plan.rubricId === void 0 ? {} : { rubric: plan.rubricId },
			...problems.length === 0 ? { forecast } : {}
		};
	} finally {
		draft.plan?.source.close();
	}
}
async function earlierRuns(ledger, plan) {
	const { runs } = await readRuns(ledger);
	const prompt = plan.rubric ? promptSha256(plan.rubric) : void 0;
	const likeness = ({ meta }) => meta.dataset.prompt_sha256 === prompt ? 0 : 1;
	return runs.filter(({ meta }) => meta.model.slug === plan.slug && meta.status === "completed").sort((a, b) => likeness(a) - likeness(b));
}
function checkMemory(slug, { weights }) {
	if (!weights || weights.bytes < totalmem()) return [];
	const gb = (bytes) => (bytes / 1e9).toFixed(1);
	return [`registry/models/${slug}.yaml: the weights need ${gb(weights.bytes)} GB, this machine has ${gb(totalmem())} GB: take a smaller quantisation`];
}
async function checkDisk(spool, needed) {
	const free = await freeBytes(spool);
	if (free >= needed) return [];
	const mb = (bytes) => `${Math.ceil(bytes / 1e6)} MB`;
	return [`--spool ${spool}: ${mb(free)} are free, journal and bundle need about ${mb(needed)}: make room or name another folder`];
}
async function freeBytes(folder) {
	for (let path = folder;; path = dirname(path)) try {
		const { bavail, bsize } = await statfs(path);
		return bavail * bsize;
	} catch (error) {
		if (error.code !== "ENOENT" || path === dirname(path)) throw error;
	}
}
async function checkInProgress(spool, plan) {
	const problems = [];
	for (const { job, folder } of await listJobs(spool)) {
		if (!isSameKey(job.key, keyOf(plan))) continue;
		const owner = await readLock(folder);
		if (owner) problems.push(`${job.run_id}: the same job is in progress: process ${owner.pid} on ${owner.host} holds it since ${owner.since}`);
	}
	return problems;
}

// actions/plan-runs/plan-runs-step.ts
const planRunsStep = async (context) => {
	const ledger = context.input("ledger") ?? process.cwd();
	const catalog = await readCatalog(ledger);
	const { requests, problems } = readDispatch(readInputs(context), catalog);
	if (problems.length > 0) throw new UserError("the dispatch can’t be run", problems);
	const planned = [];
	for (const request of requests) planned.push(await planRequest(request, catalog, ledger, defaultSpool(context.env)));
	const warnings = [...new Set(planned.flatMap((plan) => plan.warnings))];
	const faults = [...new Set(planned.flatMap((plan) => plan.problems))];
	const summary = renderPlan(requests, planned);
	if (faults.length > 0) return {
		faults,
		warnings,
		summary
	};
	const [only] = requests;
	if (requests.length === 1 && only) return {
		outputs: {
			single: "true",
			...outputsOf(only)
		},
		warnings,
		summary
	};
	await dispatchAll(await openForge(forgeOptions(context)), context, requests);
	return {
		outputs: { single: "false" },
		warnings,
		summary: `${summary}\nEach was dispatched as a workflow run of its own.\n`
	};
};
const optionalInputs = [
	"rubric",
	"limit",
	"shards",
	"engine",
	"note",
	"assignee"
];
function readInputs(context) {
	const optional = givenInputs(context, Object.fromEntries(optionalInputs.map((name) => [name, name])));
	return {
		models: context.input("models") ?? "",
		dataset: context.input("dataset") ?? "",
		...optional
	};
}
async function planRequest(request, catalog, ledger, spool) {
	const { engine, note: _note, assignee: _assignee, ...rest } = request;
	const { baseUrl, concurrency = 4 } = findNamedEngine(engine, catalog.policy);
	const inputs = {
		ledger,
		...rest,
		concurrency,
		...baseUrl === void 0 ? {} : { baseUrl }
	};
	const checkEngine = (slug) => {
		const needsWeights = baseUrl === void 0 && !catalog.models.get(slug)?.weights;
		const finding = `registry/models/${slug}.yaml: names no weights, and ${engine} needs a GGUF file: add weights, or name a server as engine`;
		return Promise.resolve(needsWeights ? [finding] : []);
	};
	return planOneRun(inputs, {
		spool,
		checkEngine
	});
}
async function dispatchAll(forge, context, requests) {
	const ref = context.env["GITHUB_REF_NAME"] ?? "main";
	for (const [place, request] of requests.entries()) {
		try {
			await forge.dispatchWorkflow("run-batch.yml", ref, writeDispatch(request));
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			const left = requests.slice(place).map(({ model }) => model);
			throw new UserError(error.message, [...error.problems, `dispatched: ${place} of ${requests.length}; not dispatched: ${[...new Set(left)].join(", ")}: dispatch these again`]);
		}
		context.say(`dispatched ${request.model}${request.shard ? `, shard ${request.shard.index + 1}/${request.shard.count}` : ""}`);
	}
}
function outputsOf(request) {
	const { models, shards = "", ...rest } = writeDispatch(request);
	return {
		model: models ?? "",
		shard: shards,
		rubric: "",
		limit: "",
		note: "",
		assignee: "",
		...rest
	};
}
function renderPlan(requests, planned) {
	return [
		"### Planned",
		"",
		"| model | dataset | rows | prompt tokens | hours | MB for LFS |",
		"|---|---|---:|---:|---:|---:|",
		...requests.map((request, place) => {
			const { forecast, problems = [] } = planned[place] ?? {};
			const shard = request.shard ? ` (shard ${request.shard.index + 1}/${request.shard.count})` : "";
			const cells = forecast ? [
				forecast.rows.toLocaleString("en"),
				forecast.prompt_tokens.toLocaleString("en"),
				forecast.hours === void 0 ? "no earlier run tells" : `${forecast.hours}`,
				forecast.lfs_bytes < 1e6 ? "< 1" : String(Math.ceil(forecast.lfs_bytes / 1e6))
			] : [
				`${problems.length} faults`,
				"",
				"",
				""
			];
			return `| ${escapeMarkdown(request.model)}${shard} | ${escapeMarkdown(request.dataset)} | ${cells.join(" | ")} |`;
		}),
		""
	].join("\n");
}

// actions/plan-runs/main.ts
await runStep(core_exports, planRunsStep);

export {  };