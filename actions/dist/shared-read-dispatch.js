import { z as slugSchema } from "./shared-spool.js";
import { _ as findEntries } from "./shared-run-batch.js";
import { promisify } from "node:util";
import { execFile } from "node:child_process";

// actions/engines/named-engine.ts
const embedded = ["llama-cpp", "vllm"];
function engineNamesOf(policy) {
	return [.../* @__PURE__ */ new Set([...embedded, ...Object.keys(policy.engines)])];
}
function findNamedEngine(name, policy) {
	const server = name === "llama-cpp" ? void 0 : policy.engines[name];
	if (!server) return { start: embedded.find((one) => one === name) ?? "llama-cpp" };
	return {
		baseUrl: server.base_url,
		...server.concurrency === void 0 ? {} : { concurrency: server.concurrency }
	};
}

// actions/plan-runs/check-vram.ts
const run = promisify(execFile);
async function readGpuMemory() {
	try {
		const { stdout } = await run("nvidia-smi", ["--query-gpu=memory.total", "--format=csv,noheader,nounits"]);
		return stdout.split("\n").map((line) => Number.parseFloat(line) * 2 ** 20 / 1e9).filter((gb) => Number.isFinite(gb));
	} catch {
		return [];
	}
}
function checkVram(slug, model, gpus) {
	const largest = Math.max(...gpus);
	if (model.vram_gb === void 0 || gpus.length === 0 || model.vram_gb <= largest) return [];
	return [`registry/models/${slug}.yaml: vram_gb is ${model.vram_gb}, the largest GPU here has ${largest.toFixed(1)} GB: take a smaller model or quantisation, or another machine`];
}

// actions/plan-runs/read-dispatch.ts
const mostRuns = 100;
const mostShards = 64;
const mostNote = 500;
function readDispatch(inputs, catalog) {
	const problems = [];
	const models = inputs.models.split(",").map((name) => name.trim()).filter((name) => name !== "");
	if (models.length === 0) problems.push(`models: is empty, expected ${listOf(catalog.models)}`);
	for (const name of duplicates(models)) problems.push(`models: names ${quote(name)} twice: name it once`);
	const { dataset, rubric } = inputs;
	const entries = {
		dataset,
		...rubric === void 0 ? {} : { rubric }
	};
	const told = /* @__PURE__ */ new Set();
	for (const model of models.length === 0 ? [""] : models.slice(0, mostRuns)) {
		if (model.length > 200 || !slugSchema.safeParse(model).success) {
			if (model !== "") problems.push(`models: ${quote(model)} is no slug, expected ${listOf(catalog.models)}`);
			continue;
		}
		for (const problem of findEntries({
			model,
			...entries
		}, catalog).problems) told.add(shorten(problem));
	}
	problems.push(...[...told].map((problem) => problem.replace(/^--(model|dataset|rubric)\b/, (_, name) => nameOf(name))));
	const limit = readCount("limit", inputs.limit, Number.MAX_SAFE_INTEGER, problems);
	const shards = readShards(inputs.shards, problems);
	const engine = inputs.engine ?? "llama-cpp";
	const engines = engineNamesOf(catalog.policy);
	if (!engines.includes(engine)) problems.push(`engine: is ${quote(engine)}, expected ${engines.join(" or ")}: a server elsewhere gets its name in registry/policy.yaml`);
	problems.push(...checkNote(inputs.note), ...checkLogin(inputs.assignee));
	if (models.length * shards.length > mostRuns) problems.push(`models, shards: ask for ${models.length * shards.length} workflow runs, at most ${mostRuns} at once`);
	if (problems.length > 0) return {
		requests: [],
		problems
	};
	const { note, assignee } = inputs;
	const shared = {
		dataset,
		...rubric === void 0 ? {} : { rubric },
		...limit === void 0 ? {} : { limit },
		engine,
		...note === void 0 ? {} : { note },
		...assignee === void 0 ? {} : { assignee }
	};
	return {
		requests: models.flatMap((model) => shards.map((shard) => Object.assign({ model }, shared, shard === void 0 ? {} : { shard }))),
		problems: []
	};
}
function writeDispatch({ model, limit, shard, ...rest }) {
	return {
		models: model,
		...rest,
		...limit === void 0 ? {} : { limit: String(limit) },
		...shard === void 0 ? {} : { shards: `${shard.index + 1}/${shard.count}` }
	};
}
function readCount(name, text, most, problems) {
	if (text === void 0) return void 0;
	const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
	if (value >= 1 && value <= most) return value;
	problems.push(`${name}: is ${quote(text)}, expected a whole number from 1${most < 1e6 ? ` to ${most}` : ""}`);
}
function readShards(text, problems) {
	const [, part, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(text ?? "") ?? [];
	if (part !== void 0 && of !== void 0) {
		const shard = {
			index: Number(part) - 1,
			count: Number(of)
		};
		if (shard.index >= 0 && shard.index < shard.count && shard.count <= mostShards) return [shard];
		problems.push(`shards: is ${quote(text ?? "")}, expected i/n with 1 ≤ i ≤ n ≤ ${mostShards}`);
		return [void 0];
	}
	const count = readCount("shards", text, mostShards, problems);
	if (count === void 0 || count === 1) return [void 0];
	return Array.from({ length: count }, (_, index) => ({
		index,
		count
	}));
}
function checkNote(note) {
	if (note === void 0) return [];
	if (note.length > mostNote) return [`note: has ${note.length} characters, at most ${mostNote}`];
	return /\p{Cc}/u.test(note) ? ["note: holds line breaks or control characters: write it in one line"] : [];
}
function checkLogin(login) {
	if (login === void 0 || /^[A-Za-z0-9][\w.-]{0,98}(\[bot\])?$/.test(login)) return [];
	return [`assignee: is ${quote(login)}, expected a login`];
}
function nameOf(option) {
	return option === "model" ? "models" : option;
}
function duplicates(names) {
	return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map((name) => name);
}
function listOf(map) {
	return map.size === 0 ? "an entry of registry/models, and there is none" : [...map.keys()].join(", ");
}
function quote(text) {
	return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
function shorten(problem) {
	return problem.length > 600 ? `${problem.slice(0, 300)} … ${problem.slice(-200)}` : problem;
}

export { findNamedEngine as a, readGpuMemory as i, writeDispatch as n, checkVram as r, readDispatch as t };