import { N as UserError, S as sha256, c as readLines, f as readOptional, i as readBundle, r as publishedMark, t as claimSpoolFolder, u as listFolder } from "./shared-spool.js";
import { i as describeJsonError, n as parseRow, r as readRow } from "./shared-compare-text.js";
import { crc32 } from "node:zlib";
import { createWriteStream } from "node:fs";
import { mkdir, open, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { pipeline } from "node:stream/promises";

// actions/run-batch/job-lock.ts
const settleMs = 50;
const beatMs = 1e4;
const staleMs = 6e4;
async function takeLock(folder) {
	const path = join(folder, "lock");
	const me = {
		host: hostname(),
		pid: process.pid,
		...await ticksOf(process.pid),
		since: (/* @__PURE__ */ new Date()).toISOString()
	};
	const text = `${JSON.stringify(me)}\n`;
	for (;;) {
		try {
			await writeFile(path, text, { flag: "wx" });
		} catch (error) {
			if (error.code !== "EEXIST") throw error;
			const owner = await readLock(folder);
			if (owner) return { heldBy: owner };
			await rm(path, { force: true });
			continue;
		}
		await setTimeout(settleMs);
		if (await readFile(path, "utf8").catch(() => "") === text) break;
	}
	const beat = setInterval(() => void utimes(path, /* @__PURE__ */ new Date(), /* @__PURE__ */ new Date()).catch(() => void 0), beatMs);
	beat.unref();
	return { async release() {
		clearInterval(beat);
		await rm(path, { force: true });
	} };
}
async function waitForLock(folder) {
	const until = Date.now() + 3e4;
	for (;;) {
		const lock = await takeLock(folder);
		if (!("heldBy" in lock)) return lock;
		if (Date.now() > until) throw new Error(`${folder}: process ${lock.heldBy.pid} holds its lock for more than 30 s`);
		await setTimeout(settleMs);
	}
}
async function readLock(folder) {
	const path = join(folder, "lock");
	let owner;
	try {
		owner = JSON.parse(await readFile(path, "utf8"));
	} catch {
		return;
	}
	if (owner.host === hostname()) return await isAlive(owner) ? owner : void 0;
	const touched = await stat(path).catch(() => void 0);
	return touched && Date.now() - touched.mtimeMs < staleMs ? owner : void 0;
}
async function isAlive({ pid, ticks }) {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return error.code === "EPERM";
	}
	return ticks === void 0 || isSameProcess(pid, ticks);
}
async function isSameProcess(pid, ticks) {
	const now = await ticksOf(pid);
	return now.ticks === ticks && !now.ended;
}
async function ticksOf(pid) {
	const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	const ticks = fields[19];
	return {
		...ticks ? { ticks } : {},
		...fields[0] === "Z" ? { ended: true } : {}
	};
}

// actions/run-batch/journal.ts
const rowMark = ",\"row\":";
async function readJournal(path) {
	const state = {
		rows: /* @__PURE__ */ new Map(),
		segments: [],
		retries: 0,
		wholeBytes: 0
	};
	try {
		for await (const line of readLines(path)) {
			if (!line.ended) break;
			state.wholeBytes = line.offset + line.length + 1;
			try {
				readLine(state, line);
			} catch (error) {
				throw new UserError("the journal can’t be read", [`${path}:${line.number}: ${describeJsonError(error)}: somebody changed it; mend or remove the line, or start anew with --again`]);
			}
		}
	} catch (error) {
		if (error.code !== "ENOENT") throw error;
	}
	return state;
}
function readLine(state, line) {
	if (!line.text.startsWith("{\"segment\":")) return addRow(state, line);
	const { segment } = JSON.parse(line.text);
	state.segments.push({
		...segment,
		promptTokens: 0,
		completionTokens: 0
	});
}
function addRow(state, { text, offset, length }) {
	const mark = text.indexOf(rowMark);
	const head = JSON.parse(`${text.slice(0, mark)}}`);
	const id = /"custom_id":("(?:[^"\\]|\\.)*")/.exec(text.slice(mark, mark + 2e3))?.[1] ?? longId(text, mark);
	state.rows.set(JSON.parse(id), {
		offset,
		length,
		is: head.is
	});
	state.retries += head.tries - 1;
	const segment = state.segments.at(-1);
	if (!segment) return;
	segment.lastAnswer = head.at;
	if (head.is !== "ok") return;
	segment.promptTokens += head.prompt ?? 0;
	segment.completionTokens += head.completion ?? 0;
}
function longId(text, mark) {
	const { row } = JSON.parse(text);
	if (typeof row.custom_id !== "string") throw new Error(`a journal line without custom_id at ${mark}`);
	return JSON.stringify(row.custom_id);
}
var Journal = class Journal {
	#file;
	#waiting = [];
	#flushing;
	#broken;
	constructor(file) {
		this.#file = file;
	}
	static async open(path, { wholeBytes }) {
		const file = await open(path, "a");
		await truncate(path, wholeBytes);
		return new Journal(file);
	}
	appendSegment(segment) {
		return this.#append(JSON.stringify({ segment }));
	}
	appendRow(line, row, facts) {
		const head = {
			at: Date.now(),
			...facts,
			...row.promptTokens === void 0 ? {} : { prompt: row.promptTokens },
			...row.completionTokens === void 0 ? {} : { completion: row.completionTokens },
			...row.finishReason === void 0 ? {} : { finish: row.finishReason }
		};
		return this.#append(joinLine(head, line));
	}
	async close() {
		await this.#flushing;
		await this.#file.close();
	}
	#append(line) {
		return new Promise((resolve, reject) => {
			this.#waiting.push({
				line,
				resolve,
				reject
			});
			this.#flushing ??= this.#flush().finally(() => {
				this.#flushing = void 0;
			});
		});
	}
	async #flush() {
		while (this.#waiting.length > 0) {
			const batch = this.#waiting;
			this.#waiting = [];
			try {
				if (this.#broken) throw this.#broken.error;
				await this.#file.appendFile(batch.map(({ line }) => `${line}\n`).join(""));
				await this.#file.datasync();
				for (const { resolve } of batch) resolve();
			} catch (error) {
				this.#broken ??= { error };
				for (const { reject } of batch) reject(error);
			}
		}
	}
};
function joinLine(head, row) {
	return `${JSON.stringify({
		...head,
		crc: crc32(row)
	}).slice(0, -1)}${rowMark}${row}}`;
}
function replaceRow(line, change) {
	const mark = line.indexOf(rowMark);
	if (mark === -1 || line.startsWith("{\"segment\":")) return line;
	return joinLine(JSON.parse(`${line.slice(0, mark)}}`), change(line.slice(mark + 7, -1)));
}
function openLine(line) {
	const mark = line.indexOf(rowMark);
	const start = mark + 7;
	const end = line.length - 1;
	const head = JSON.parse(`${line.toString("utf8", 0, mark)}}`);
	if (crc32(line.subarray(start, end)) !== head.crc) throw new Error("the row does not match its checksum");
	if (head.is === "ok") return {
		start,
		end,
		row: countedRow(head)
	};
	const { row, problem } = parseRow(line.toString("utf8", start, end));
	if (row === void 0) throw new Error(`the line holds no row: ${problem}`);
	return {
		start,
		end,
		row
	};
}
function countedRow({ prompt, completion, finish }) {
	const row = {
		id: "",
		customId: "",
		ok: true,
		content: null
	};
	if (prompt !== void 0) row.promptTokens = prompt;
	if (completion !== void 0) row.completionTokens = completion;
	if (finish !== void 0) row.finishReason = finish;
	return row;
}

// actions/run-batch/row-line.ts
const notJson = "the engine's answer is not a JSON object";
function rowLine(runId, customId, answer) {
	const head = `{"id":"${rowId(runId, customId)}","custom_id":${JSON.stringify(customId)}`;
	if ("failure" in answer) return `${head},"response":null,"error":${JSON.stringify(answer.failure)}}`;
	const response = `{"status_code":${answer.status},"request_id":${JSON.stringify(answer.requestId)},"body":`;
	const body = answer.json ? answer.text.trim().replaceAll(/[\r\n]+/g, " ") : void 0;
	if (answer.status === 200) return body === void 0 ? `${head},"response":${response}null},"error":${JSON.stringify(notJson)}}` : `${head},"response":${response}${body}},"error":null}`;
	return `${head},"response":${response}null},"error":${body ?? JSON.stringify(answer.text.slice(0, 2e3) || `HTTP ${answer.status}`)}}`;
}
function rowId(runId, customId) {
	return `batch_req_${sha256(`${runId}\0${customId}`).slice(0, 32)}`;
}
function readAnswer(runId, customId, answer) {
	const { row, problem } = readRow({
		id: rowId(runId, customId),
		custom_id: customId,
		...partsOf(answer)
	});
	if (row === void 0) throw new Error(`a row of ours that is none: ${problem}`);
	return row;
}
function partsOf(answer) {
	if ("failure" in answer) return {
		response: null,
		error: answer.failure
	};
	const { status, requestId, text, json } = answer;
	const isAnswer = status === 200 && json !== void 0;
	return {
		response: {
			status_code: status,
			request_id: requestId,
			body: isAnswer ? json : null
		},
		error: isAnswer ? null : status === 200 ? notJson : json ?? (text.slice(0, 2e3) || `HTTP ${status}`)
	};
}

// actions/run-batch/copy-journal.ts
async function copyJournals(sources, target, runId) {
	await pipeline(async function* () {
		for (const source of sources) for await (const line of readLines(source.path)) {
			if (!line.ended) break;
			yield `${replaceRow(line.text, (row) => renameRow(row, source.runId, runId))}\n`;
		}
	}, createWriteStream(target, { flags: "wx" }));
}
function renameRow(row, from, to) {
	const match = /^\{"id":"(batch_req_[0-9a-f]{32})","custom_id":("(?:[^"\\]|\\.)*")/.exec(row);
	if (!match?.[1] || match[2] === void 0) return row;
	const customId = JSON.parse(match[2]);
	return match[1] === rowId(from, customId) ? row.replace(match[1], rowId(to, customId)) : row;
}

// actions/run-batch/sync-path.ts
async function syncPath(path) {
	const file = await open(path, "r");
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}

// actions/run-batch/open-job.ts
async function openJob(spool, wanted, again, mint) {
	await mkdir(spool, {
		recursive: true,
		mode: 448
	});
	const lock = await waitForLock(spool);
	try {
		return await findOrMake(spool, wanted, again, mint);
	} finally {
		await lock.release();
	}
}
async function findOrMake(spool, wanted, again, mint) {
	const jobs = await listJobs(spool);
	const isWanted = ({ job }) => isSameKey(job.key, wanted.key) && (wanted.continues === void 0 || job.continues === wanted.continues);
	const known = again ? void 0 : jobs.find(isWanted);
	if (!known) return makeJob(spool, wanted, mint, wanted.continues === void 0 ? void 0 : findEarlier(spool, jobs, wanted));
	const { job, folder } = known;
	if (job.requests_sha256 !== wanted.requests_sha256) throw new UserError("the job can’t go on", [`${folder}: requests are ${job.requests_sha256.slice(0, 12)}…, the call asks ${wanted.requests_sha256.slice(0, 12)}…: dataset, rubric or sampling changed since it was started; start anew with --again, or drop it: batchledger spool drop ${job.run_id}`]);
	const lock = await takeLock(folder);
	if ("heldBy" in lock) throw inProgress(job.run_id, lock.heldBy);
	try {
		const journal = await readJournal(join(folder, "journal.jsonl"));
		const bundle = await readBundle(folder);
		const mayRetry = [...journal.rows.values()].some((row) => row.is === "retry");
		const published = await readOptional(join(folder, publishedMark)) !== void 0;
		if (!bundle || !published && (!askedAll(bundle.meta) || mayRetry)) return {
			kind: "resumed",
			runId: job.run_id,
			folder,
			journal,
			release: lock.release,
			...continuesOf(job)
		};
		await lock.release();
		return {
			kind: "completed",
			runId: job.run_id,
			bundle
		};
	} catch (error) {
		await lock.release();
		throw error;
	}
}
function findEarlier(spool, jobs, wanted) {
	const earlier = jobs.find(({ job }) => job.run_id === wanted.continues);
	const refuse = (finding) => new UserError("the run can’t be continued", [`--continues ${wanted.continues}: ${finding}`]);
	if (!earlier) throw refuse(`is not in the spool ${spool}: batchledger spool list shows what is`);
	if (!isSameKey(earlier.job.key, wanted.key)) throw refuse("is of another model, dataset, rubric, limit or shard");
	if (earlier.job.requests_sha256 !== wanted.requests_sha256) throw refuse("asked other requests: dataset, rubric or sampling changed");
	return earlier;
}
function continuesOf({ continues }) {
	return continues === void 0 ? {} : { continues };
}
function askedAll({ status, failure }) {
	return status === "completed" || status === "partial" && ["limit", "shard"].includes(failure?.code ?? "");
}
async function makeJob(spool, wanted, mint, earlier) {
	for (let attempt = 0;; attempt++) {
		const runId = mint(attempt);
		const folder = await claimSpoolFolder(spool, runId);
		if (folder === void 0) continue;
		const lock = await takeLock(folder);
		if ("heldBy" in lock) throw inProgress(runId, lock.heldBy);
		const job = {
			schema_version: 1,
			run_id: runId,
			...wanted
		};
		if (earlier) await copyJournals([{
			path: join(earlier.folder, "journal.jsonl"),
			runId: earlier.job.run_id
		}], join(folder, "journal.jsonl"), runId);
		await writeFile(join(folder, "job.json"), `${JSON.stringify(job, null, 2)}\n`);
		for (const path of [
			join(folder, "job.json"),
			folder,
			spool
		]) await syncPath(path);
		return {
			kind: "new",
			runId,
			folder,
			journal: await readJournal(join(folder, "journal.jsonl")),
			release: lock.release,
			...continuesOf(job)
		};
	}
}
async function listJobs(spool) {
	const jobs = [];
	for (const name of await listFolder(spool)) {
		const folder = join(spool, name);
		const text = await readFile(join(folder, "job.json"), "utf8").catch(() => void 0);
		if (text !== void 0 && text.endsWith("\n")) jobs.push({
			job: parseJob(text, join(folder, "job.json")),
			folder
		});
	}
	return jobs.sort((a, b) => a.job.created_at < b.job.created_at ? 1 : -1);
}
function parseJob(text, path) {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new UserError("the spool can’t be read", [`${path}: ${describeJsonError(error)}: the file is damaged; move its folder away`]);
	}
}
function isSameKey(a, b) {
	return a.model === b.model && a.dataset === b.dataset && a.rubric === b.rubric && a.limit === b.limit && a.shard === b.shard;
}
function inProgress(runId, owner) {
	return new UserError("the job is in progress", [`${runId}: process ${owner.pid} on ${owner.host} holds it since ${owner.since}: wait for it, or end that process`]);
}

export { syncPath as a, rowLine as c, readJournal as d, isSameProcess as f, waitForLock as g, ticksOf as h, openJob as i, Journal as l, takeLock as m, isSameKey as n, copyJournals as o, readLock as p, listJobs as r, readAnswer as s, askedAll as t, openLine as u };