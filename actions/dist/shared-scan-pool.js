import { f as parseRow, i as readFields, s as RowCounter, t as codeOfStatus } from "./shared-read-verdict.js";
import { Worker } from "node:worker_threads";
import { extname } from "node:path";

// registry/src/columns/run-columns.ts
function scaleOf(field) {
	return field.type === "nominal" || field.type === "ordinal" ? field.scale : field.type === "boolean" ? ["false", "true"] : [];
}
var ColumnsBuilder = class {
	#rubric;
	#customIds = [];
	#statuses = [];
	#promptTokens = [];
	#completionTokens = [];
	#offsets = [];
	#lengths = [];
	#fields;
	constructor(rubric) {
		this.#rubric = rubric;
		this.#fields = Object.entries(rubric.fields).map(([name, field]) => ({
			name,
			field,
			codeOf: new Map(scaleOf(field).map((value, code) => [value, code])),
			statuses: [],
			codes: [],
			numbers: []
		}));
	}
	add(line, offset, length) {
		const result = parseRow(line);
		if (result.row) this.addRow(result.row, offset, length);
		return result;
	}
	addRow(row, offset, length) {
		const verdict = readFields(row, this.#rubric);
		this.#customIds.push(row.customId);
		this.#statuses.push(codeOfStatus(verdict.status));
		this.#promptTokens.push(row.promptTokens ?? 0);
		this.#completionTokens.push(row.completionTokens ?? 0);
		this.#offsets.push(offset);
		this.#lengths.push(length);
		for (const [place, { field, codeOf, statuses, codes, numbers }] of this.#fields.entries()) {
			const found = verdict.fields[place];
			statuses.push(codeOfStatus(found.status));
			codes.push(found.value === void 0 ? -1 : codeOf.get(String(found.value)) ?? -1);
			if (field.type === "number") numbers.push(typeof found.value === "number" ? found.value : NaN);
		}
	}
	finish() {
		return {
			parserVersion: 3,
			customIds: this.#customIds,
			statuses: Uint8Array.from(this.#statuses),
			promptTokens: Uint32Array.from(this.#promptTokens),
			completionTokens: Uint32Array.from(this.#completionTokens),
			offsets: Float64Array.from(this.#offsets),
			lengths: Uint32Array.from(this.#lengths),
			fields: Object.fromEntries(this.#fields.map(({ name, field, statuses, codes, numbers }) => [name, {
				statuses: Uint8Array.from(statuses),
				codes: Int16Array.from(codes),
				...field.type === "number" ? { numbers: Float64Array.from(numbers) } : {}
			}]))
		};
	}
};
function joinColumns(parts) {
	const [first] = parts;
	if (first === void 0) throw new RangeError("no parts, expected at least one");
	return {
		parserVersion: first.parserVersion,
		customIds: parts.flatMap(({ customIds }) => customIds),
		statuses: joinArrays(parts.map(({ statuses }) => statuses)),
		promptTokens: joinArrays(parts.map(({ promptTokens }) => promptTokens)),
		completionTokens: joinArrays(parts.map(({ completionTokens }) => completionTokens)),
		offsets: joinArrays(parts.map(({ offsets }) => offsets)),
		lengths: joinArrays(parts.map(({ lengths }) => lengths)),
		fields: Object.fromEntries(Object.entries(first.fields).map(([name, { numbers }]) => {
			const columns = parts.map(({ fields }) => fields[name]);
			return [name, {
				statuses: joinArrays(columns.map(({ statuses }) => statuses)),
				codes: joinArrays(columns.map(({ codes }) => codes)),
				...numbers ? { numbers: joinArrays(columns.map((column) => column.numbers)) } : {}
			}];
		}))
	};
}
function joinArrays(parts) {
	const make = parts[0]?.constructor;
	const joined = new make(parts.reduce((length, part) => length + part.length, 0));
	let place = 0;
	for (const part of parts) {
		joined.set(part, place);
		place += part.length;
	}
	return joined;
}

// registry/src/ledger/scan-lines.ts
const lineBreak = 10;
function scanLines(bytes, offset, { rubric, privacy }) {
	const builder = new ColumnsBuilder(rubric);
	const counter = new RowCounter(privacy);
	const problems = [];
	let lines = 0;
	for (let start = 0; start < bytes.length; lines++) {
		const found = bytes.indexOf(lineBreak, start);
		const end = found === -1 ? bytes.length : found;
		const { row, problem } = builder.add(bytes.toString("utf8", start, end), offset + start, end - start);
		if (row === void 0) problems.push({
			line: lines,
			problem
		});
		else counter.add(row);
		start = end + 1;
	}
	return {
		columns: builder.finish(),
		counts: counter.counts(),
		lines,
		problems
	};
}

// registry/src/ledger/pack-ids.ts
function packIds(ids) {
	const ends = new Uint32Array(ids.length);
	let end = 0;
	for (const [place, id] of ids.entries()) ends[place] = end += id.length;
	return {
		text: ids.join(""),
		ends
	};
}
function unpackIds({ text, ends }) {
	const ids = [];
	let start = 0;
	for (const end of ends) {
		ids.push(text.slice(start, end));
		start = end;
	}
	return ids;
}

// registry/src/ledger/scan-pool.ts
function packScanned({ columns, ...rest }) {
	const { customIds, ...arrays } = columns;
	const ids = packIds(customIds);
	const { statuses, promptTokens, completionTokens, offsets, lengths } = columns;
	const perField = Object.values(columns.fields).flatMap((field) => [
		field.statuses,
		field.codes,
		field.numbers ?? []
	]);
	const transfer = [
		ids.ends,
		statuses,
		promptTokens,
		completionTokens,
		offsets,
		lengths,
		...perField
	].flatMap((array) => ArrayBuffer.isView(array) ? [array.buffer] : []);
	return {
		packed: {
			...rest,
			columns: arrays,
			ids
		},
		transfer
	};
}
function unpackScanned({ columns, ids, ...rest }) {
	return {
		...rest,
		columns: {
			...columns,
			customIds: unpackIds(ids)
		}
	};
}
const program = new URL(`./scan-worker${extname(import.meta.url)}`, import.meta.url);
var ScanThreadError = class extends Error {};
var ScanPool = class {
	#workers;
	#spare = [];
	#done = [];
	#parts = 0;
	#failure;
	#wake = () => void 0;
	constructor(threads, settings) {
		this.#workers = Array.from({ length: threads }, () => {
			const worker = new Worker(program, {
				workerData: settings,
				resourceLimits: { maxYoungGenerationSizeMb: 32 }
			});
			const entry = {
				worker,
				tasks: 0
			};
			worker.on("message", ({ part, packed, buffer }) => {
				entry.tasks--;
				this.#spare.push(buffer);
				this.#done[part] = unpackScanned(packed);
				this.#wake();
			});
			worker.once("error", (error) => {
				this.#failure = new ScanThreadError("a scanning thread ended", { cause: error });
				this.#wake();
			});
			return entry;
		});
	}
	async takeBuffer(bytes) {
		await this.#until(() => this.#workers.some(({ tasks }) => tasks < 2));
		const spare = this.#spare.pop();
		return spare && spare.byteLength >= bytes ? spare : new ArrayBuffer(bytes);
	}
	scan(buffer, length, offset) {
		const entry = this.#workers.reduce((least, other) => other.tasks < least.tasks ? other : least);
		entry.tasks++;
		entry.worker.postMessage({
			part: this.#parts++,
			buffer,
			length,
			offset
		}, [buffer]);
	}
	async finish() {
		await this.#until(() => this.#workers.every(({ tasks }) => tasks === 0));
		return this.#done;
	}
	async close() {
		await Promise.all(this.#workers.map(({ worker }) => worker.terminate()));
	}
	async #until(isSo) {
		while (!isSo()) {
			if (this.#failure) throw this.#failure;
			await new Promise((resolve) => this.#wake = resolve);
		}
	}
};

export { joinColumns as a, scanLines as i, ScanThreadError as n, scaleOf as o, packScanned as r, ScanPool as t };