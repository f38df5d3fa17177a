import { A as runStep, C as stemOf, D as digestFile, E as readyMadePromptSha256, F as runMetaSchema, G as core_exports, N as parseJson, R as sha256Schema, S as policyPath, T as promptSha256, U as date, W as UserError, _ as catalogFolders, b as metaPathOf, c as buildIndex, d as isPointer, f as isLink, h as readOptional, l as formatJson, m as readCatalog, n as defaultSpool, o as checkDataset, u as readLines, v as indexPath, y as labelsPathOf } from "./shared-spool.js";
import { _ as union, f as number, g as string, h as strictObject, o as boolean, r as _enum } from "./shared-schemas.js";
import { t as escapeMarkdown } from "./shared-escape-markdown.js";
import { i as readLedger, n as openForge, r as checkPlace, t as forgeOptions } from "./shared-forge-options.js";
import { t as cacheFolder } from "./shared-cache-folder.js";
import { S as git, a as readLfsAuth, b as committerEnv, c as fetchBase, d as remoteUrl, i as findLfsUrl, n as askLfsServer, s as checkRemote, t as LfsServerError, v as GitError, w as resolveRef, x as configEnv, y as authSettings } from "./shared-lfs-batch.js";
import { c as round, f as parseRow, l as withholdMessage, n as isUsable, o as verdictStatuses, r as readField, s as RowCounter } from "./shared-read-verdict.js";
import { a as joinColumns, i as scanLines, n as ScanThreadError, o as scaleOf, t as ScanPool } from "./shared-scan-pool.js";
import { t as foreignHost } from "./shared-foreign-host.js";
import { Readable, Writable } from "node:stream";
import { isDeepStrictEqual } from "node:util";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { constants, createWriteStream } from "node:fs";
import { copyFile, link, lstat, mkdir, mkdtemp, open, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { availableParallelism, tmpdir } from "node:os";

// registry/src/formats/label.ts
const labelSchema = strictObject({
	custom_id: string().min(1),
	field: string().min(1),
	value: union([
		string(),
		boolean(),
		number()
	]),
	rater: string().min(1),
	date: date(),
	prompt_sha256: sha256Schema,
	selection: _enum([
		"random",
		"disagreement",
		"all"
	]).describe("how the item came to be labelled"),
	note: string().optional()
});

// registry/src/figures/format-figures.ts
const notMeasured = "–";
function formatRate(value) {
	if (value === void 0) return "–";
	return value >= 100 ? grouped.format(Math.round(value)) : value.toFixed(value < .1 && value > 0 ? 3 : 2);
}
function formatPercent(value) {
	if (value === void 0) return "–";
	if (value === 100 || value === 0) return `${value} %`;
	return `${Math.min(99.99, Math.max(.01, Math.round(value * 100) / 100))} %`;
}
function formatCount(value) {
	return grouped.format(value);
}
function formatDuration(seconds) {
	if (seconds === void 0) return "–";
	if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
	const minutes = Math.round(seconds / 60);
	return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
function formatTime(timestamp) {
	return `${timestamp.slice(0, 10)} ${timestamp.slice(11, 16)} UTC`;
}
function formatBytes(bytes) {
	if (bytes < 1e3) return `${bytes} B`;
	const power = Math.min(3, Math.floor(Math.log10(bytes) / 3));
	return `${(bytes / 1e3 ** power).toFixed(1)} ${[
		"B",
		"kB",
		"MB",
		"GB"
	][power]}`;
}
const grouped = new Intl.NumberFormat("en", { useGrouping: true });

// registry/src/agreement/joint-patterns.ts
const largestTable = 1 << 22;
function jointPatterns(columns, size, weights) {
	const items = columns[0]?.length ?? 0;
	const keySize = size + 1;
	let patternOf = new Int32Array(items);
	let patterns = Math.min(1, items);
	for (const column of columns) {
		const keyOf = (item) => patternOf[item] * keySize + column[item] + 1;
		const ranked = rankKeys(keyOf, items, patterns * keySize);
		patternOf = ranked.ranks;
		patterns = ranked.count;
	}
	const width = columns.length;
	const codes = new Int32Array(patterns * width);
	const counts = new Float64Array(patterns);
	for (let item = 0; item < items; item++) {
		const pattern = patternOf[item];
		if (counts[pattern] === 0) for (let place = 0; place < width; place++) codes[pattern * width + place] = columns[place][item];
		counts[pattern] = counts[pattern] + (weights?.[item] ?? 1);
	}
	return {
		width,
		codes,
		counts,
		patternOf
	};
}
function rankKeys(keyOf, items, limit) {
	const ranks = new Int32Array(items);
	if (limit <= largestTable) {
		const table = new Int32Array(limit);
		for (let item = 0; item < items; item++) table[keyOf(item)] = 1;
		let count = 0;
		for (let key = 0; key < limit; key++) if (table[key] === 1) table[key] = count++;
		for (let item = 0; item < items; item++) ranks[item] = table[keyOf(item)];
		return {
			ranks,
			count
		};
	}
	const keys = new Float64Array(items);
	for (let item = 0; item < items; item++) keys[item] = keyOf(item);
	const found = /* @__PURE__ */ new Map();
	for (const key of keys.toSorted()) if (!found.has(key)) found.set(key, found.size);
	for (let item = 0; item < items; item++) ranks[item] = found.get(keys[item]);
	return {
		ranks,
		count: found.size
	};
}
function projectPatterns(patterns, columns, size) {
	const { width, codes, counts } = patterns;
	return jointPatterns(columns.map((column) => Int32Array.from(counts, (_, pattern) => codes[pattern * width + column])), size, counts);
}

// registry/src/agreement/pair-figures.ts
function countEqual(table, isEqual) {
	let equal = 0;
	let paired = 0;
	for (let cell = 0; cell < table.first.length; cell++) {
		const count = table.counts[cell];
		paired += count;
		if (isEqual(table.first[cell], table.second[cell])) equal += count;
	}
	return {
		equal,
		paired
	};
}

// registry/src/agreement/pair-table.ts
function pairTable(patterns, a, b, size) {
	const pair = projectPatterns(patterns, [a, b], size);
	const table = [];
	let dropped = 0;
	for (let place = 0; place < pair.counts.length; place++) {
		const cell = {
			first: pair.codes[place * 2],
			second: pair.codes[place * 2 + 1],
			count: pair.counts[place]
		};
		if (cell.first < 0 || cell.second < 0) dropped += cell.count;
		else table.push(cell);
	}
	return {
		size,
		...toArrays(table),
		dropped
	};
}
function toArrays(cells) {
	return {
		first: Int32Array.from(cells, ({ first }) => first),
		second: Int32Array.from(cells, ({ second }) => second),
		counts: Float64Array.from(cells, ({ count }) => count)
	};
}

// registry/src/agreement/item-distance.ts
function distanceOf(field, size, numbers) {
	if (field.type === "ordinal") return (first, second) => Math.abs(first - second) / (size - 1);
	if (!numbers) return (first, second) => first === second ? 0 : 1;
	const tolerance = field.tolerance ?? 0;
	return (first, second) => Math.abs(numbers[first] - numbers[second]) <= tolerance ? 0 : 1;
}

// registry/src/figures/aligned-run.ts
const missingStatus = verdictStatuses.length;
function alignRun(columns, positions, count, fields) {
	const rows = new Int32Array(count).fill(-1);
	for (let row = 0; row < columns.customIds.length; row++) {
		const position = positions.get(columns.customIds[row]);
		if (position !== void 0 && rows[position] === -1) rows[position] = row;
	}
	const tokens = new Float64Array(count);
	for (let position = 0; position < count; position++) {
		const row = rows[position];
		if (row >= 0) tokens[position] = columns.promptTokens[row] + columns.completionTokens[row];
	}
	const aligned = /* @__PURE__ */ new Map();
	for (const name of Object.keys(fields)) {
		const column = columns.fields[name];
		if (!column) continue;
		const statuses = new Uint8Array(count).fill(missingStatus);
		const codes = new Int32Array(count).fill(-1);
		const numbers = column.numbers ? new Float64Array(count).fill(NaN) : void 0;
		for (let position = 0; position < count; position++) {
			const row = rows[position];
			if (row < 0) continue;
			statuses[position] = column.statuses[row];
			codes[position] = column.codes[row];
			if (numbers) numbers[position] = column.numbers?.[row];
		}
		aligned.set(name, {
			statuses,
			codes,
			...numbers ? { numbers } : {}
		});
	}
	return {
		fields: aligned,
		rows,
		tokens
	};
}
function statusName(status) {
	return verdictStatuses[status] ?? "missing";
}
const usable = verdictStatuses.map(isUsable);
const repaired = verdictStatuses.indexOf("repaired");
function counts(status, reading) {
	return usable[status] === true || reading === "with_repaired" && status === repaired;
}
function worseStatus(a, b) {
	return a === missingStatus || b === missingStatus ? missingStatus : Math.min(a, b);
}

// registry/src/figures/agree-pair.ts
function dropsOf({ codes, statuses }, [a, b]) {
	const [firstCodes, secondCodes] = [codes[a], codes[b]];
	const [first, second] = [statuses[a], statuses[b]];
	const found = {};
	for (let position = 0; position < firstCodes.length; position++) {
		if (firstCodes[position] >= 0 && secondCodes[position] >= 0) continue;
		const name = statusName(worseStatus(first[position], second[position]));
		found[name] = (found[name] ?? 0) + 1;
	}
	return found;
}

// registry/src/figures/field-codes.ts
function codeField(field, columns, reference) {
	const count = columns[0]?.codes.length ?? 0;
	const referenceCodes = new Int32Array(count).fill(-1);
	let raw = columns.map(({ codes }) => codes);
	let numbers;
	if (field.type === "number") {
		numbers = distinct([...columns.map((column) => column.numbers ?? /* @__PURE__ */ new Float64Array()), Float64Array.from(reference.values(), Number)]);
		const codeOf = new Map(Array.from(numbers, (value, code) => [value, code]));
		raw = columns.map((column) => Int32Array.from(column.numbers ?? [], (value) => codeOf.get(value) ?? -1));
		for (const [position, value] of reference) referenceCodes[position] = codeOf.get(Number(value)) ?? -1;
	} else {
		const scale = scaleOf(field);
		for (const [position, value] of reference) referenceCodes[position] = scale.indexOf(String(value));
	}
	const size = numbers ? numbers.length : scaleOf(field).length;
	const distance = distanceOf(field, size, numbers);
	const read = (reading) => raw.map((codes, run) => {
		const { statuses } = columns[run];
		return codes.map((code, position) => counts(statuses[position], reading) ? code : -1);
	});
	return {
		field,
		size,
		...numbers ? { numbers } : {},
		distance,
		isEqual: (first, second) => distance(first, second) === 0,
		codes: {
			usable: read("usable"),
			with_repaired: read("with_repaired")
		},
		statuses: columns.map(({ statuses }) => statuses),
		reference: referenceCodes
	};
}
function distinct(columns) {
	const found = /* @__PURE__ */ new Set();
	for (const column of columns) for (const value of column) if (!Number.isNaN(value)) found.add(value === 0 ? 0 : value);
	return Float64Array.from(found).sort();
}

// registry/src/figures/raw-agreement.ts
function rawAgreement(first, second, name, field) {
	if (field.type === "text") throw new Error(`${name} is text, which never counts`);
	const positions = /* @__PURE__ */ new Map();
	for (const { customIds } of [first, second]) for (const id of customIds) if (!positions.has(id)) positions.set(id, positions.size);
	const columns = [first, second].map((run) => {
		const column = alignRun(run, positions, positions.size, { [name]: field }).fields.get(name);
		if (!column) throw new Error(`the columns don't have the field ${name}`);
		return column;
	});
	const { size, isEqual, statuses, codes: readings } = codeField(field, columns, /* @__PURE__ */ new Map());
	const codes = readings.usable;
	const { equal, paired } = countEqual(pairTable(jointPatterns(codes, size), 0, 1, size), isEqual);
	const found = {
		paired,
		equal,
		dropped: dropsOf({
			codes,
			statuses
		}, [0, 1])
	};
	return paired === 0 ? found : {
		...found,
		agreement: equal / paired
	};
}

// registry/src/ledger/scan-file.ts
const usualChunk = 1 << 22;
const worthThreads = 1 << 25;
async function scanFile(path, settings, { threads, chunkBytes = usualChunk } = {}) {
	const file = await open(path);
	try {
		const { size } = await file.stat();
		const wanted = threads ?? (size < worthThreads ? 0 : Math.min(availableParallelism(), 8));
		const source = {
			file,
			size,
			chunkBytes
		};
		return (wanted > 0 ? await scanInThreads(source, settings, wanted) : void 0) ?? await scanHere(source, settings);
	} finally {
		await file.close();
	}
}
async function scanHere(source, settings) {
	const parts = [];
	let buffer = /* @__PURE__ */ new ArrayBuffer(0);
	return {
		parts,
		...await readChunks(source, {
			takeBuffer: (bytes) => Promise.resolve(buffer.byteLength < bytes ? buffer = new ArrayBuffer(bytes) : buffer),
			scan: (chunk, length, offset) => void parts.push(scanLines(Buffer.from(chunk, 0, length), offset, settings))
		})
	};
}
async function scanInThreads(source, settings, threads) {
	const pool = new ScanPool(threads, settings);
	try {
		const read = await readChunks(source, pool);
		return {
			parts: await pool.finish(),
			...read
		};
	} catch (error) {
		if (error instanceof ScanThreadError) return void 0;
		throw error;
	} finally {
		await pool.close();
	}
}
async function readChunks({ file, size, chunkBytes }, sink) {
	const hash = createHash("sha256");
	let rest = Buffer.alloc(0);
	let position = 0;
	for (;;) {
		const wanted = Math.min(Math.max(chunkBytes, rest.length), Math.max(size - position, 0) + 1);
		const buffer = await sink.takeBuffer(rest.length + wanted);
		const bytes = Buffer.from(buffer);
		rest.copy(bytes);
		let filled = rest.length;
		let ended = false;
		while (filled < bytes.length && !ended) {
			const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position);
			ended = bytesRead === 0;
			hash.update(bytes.subarray(filled, filled + bytesRead));
			filled += bytesRead;
			position += bytesRead;
		}
		const end = ended ? filled : bytes.lastIndexOf(10, filled - 1) + 1;
		const offset = position - filled;
		rest = Buffer.from(bytes.subarray(end, filled));
		sink.scan(buffer, end, offset);
		if (ended) return {
			sha256: hash.digest("hex"),
			bytes: position
		};
	}
}

// registry/src/ledger/read-run-columns.ts
async function readRunColumns(ledger, meta, rubric, options = {}) {
	const path = meta.files.results;
	await refusePointer(ledger, path);
	const { fields, accept } = rubric;
	const settings = {
		rubric: {
			fields,
			accept
		},
		privacy: meta.dataset.privacy
	};
	const { parts, ...digest } = await scanFile(join(ledger, path), settings, options);
	const counter = joinCounts(parts, meta.dataset.privacy) ?? await countOneByOne(join(ledger, path), meta);
	return {
		columns: joinColumns(parts.map(({ columns }) => columns)),
		results: counter.results(meta.dataset.count),
		problems: describeProblems(path, parts),
		digest
	};
}
function joinCounts(parts, privacy) {
	const counter = new RowCounter(privacy);
	return parts.every(({ counts }) => counter.addCounts(counts)) ? counter : void 0;
}
async function countOneByOne(path, { dataset }) {
	const counter = new RowCounter(dataset.privacy);
	for await (const { text } of readLines(path)) {
		const { row } = parseRow(text);
		if (row) counter.add(row);
	}
	return counter;
}
function describeProblems(path, parts) {
	const told = [];
	const lineOf = /* @__PURE__ */ new Map();
	let line = 0;
	for (const { columns, lines, problems } of parts) {
		const end = line + lines;
		const first = line;
		let bad = 0;
		let row = 0;
		for (; line < end; line++) {
			const problem = problems[bad];
			if (problem !== void 0 && first + problem.line === line) {
				told.push(`${path}:${line + 1}: ${problem.problem}`);
				bad++;
				continue;
			}
			const customId = columns.customIds[row++];
			const earlier = lineOf.get(customId);
			if (earlier === void 0) lineOf.set(customId, line);
			else told.push(`${path}:${line + 1}: the custom_id stands in line ${earlier + 1} too`);
		}
	}
	return told;
}
async function refusePointer(ledger, path) {
	if (!(await lstat(join(ledger, path)).catch(() => void 0))?.isFile()) throw new UserError("rows are missing", [`${path}: the meta names it, no such file: restore it with git checkout -- ${path}`]);
	if (await isPointer(join(ledger, path))) throw new UserError("rows are not here", [`${path}: a Git LFS pointer, expected the rows: fetch them with git lfs pull --include "${path}"`]);
}

// registry/src/ledger/read-labels.ts
async function readLabels(ledger, dataset, rubric, customIds) {
	const path = dataset.labels;
	if (path === void 0) return {
		labels: [],
		problems: []
	};
	const text = await isLink(join(ledger, path)) ? void 0 : await readOptional(join(ledger, path));
	if (text === void 0) return {
		labels: [],
		problems: [`${path}: the dataset's entry names it, no such file (a link is none): put it there or mend the entry`]
	};
	const { lines, problems } = parseLabels(text, path);
	for (const { label, where } of lines) {
		if (!customIds.has(label.custom_id)) problems.push(`${where}: the dataset holds no such custom_id`);
		if (rubric) problems.push(...checkLabel(label, rubric, dataset).map((finding) => `${where}: ${finding}`));
	}
	return {
		labels: lines.map(({ label }) => label),
		problems
	};
}
function parseLabels(text, file) {
	const lines = [];
	const problems = [];
	for (const [index, line] of text.split("\n").entries()) {
		if (line.trim() === "") continue;
		const where = `${file}:${index + 1}`;
		const { value: label, problems: faults } = parseJson(line, where, labelSchema);
		problems.push(...faults);
		if (label) lines.push({
			label,
			where
		});
	}
	return {
		lines,
		problems
	};
}
function checkLabel(label, rubric, { format }) {
	const field = Object.hasOwn(rubric.fields, label.field) ? rubric.fields[label.field] : void 0;
	if (!field) return [`field is ${label.field}, the rubric has ${Object.keys(rubric.fields).join(", ")}`];
	const findings = [];
	if (readField(label.value, field).status !== "ok") findings.push(`value is not one of ${label.field}'s`);
	const asked = format === "openai-batch" ? readyMadePromptSha256 : promptSha256(rubric);
	if (label.prompt_sha256 !== asked) findings.push("prompt_sha256 is of another prompt than the rubric’s: labels belong to what was asked");
	return findings;
}

// actions/verify-results/object-sources.ts
function spoolObjects(spool) {
	return async ({ path, runId }, file) => {
		const source = join(spool, runId, "bundle", path);
		if (!(runId === "" ? void 0 : await stat(source).catch(() => void 0))?.isFile()) throw new UserError("rows are missing", [`${path}: is not in the spool ${spool}`]);
		await linkOrCopy(source, file);
	};
}
function spoolMetas(spool) {
	return ({ runId, metaPath }) => readOptional(join(spool, runId, "bundle", metaPath));
}
function lfsObjects(store) {
	return async (object, file) => {
		const kept = join(store.folder, "lfs", "objects", object.oid.slice(0, 2), object.oid.slice(2, 4), object.oid);
		if (!await stat(kept).catch(() => void 0)) await fetchObject(store, object);
		if (!await stat(kept).catch(() => void 0)) throw notThere(store, object, "Git LFS fetched nothing");
		await linkOrCopy(kept, file);
	};
}
function firstOf(...sources) {
	return async (object, file) => {
		const problems = [];
		for (const place of sources) try {
			return await place(object, file);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			problems.push(...error.problems);
		}
		throw new UserError("rows are missing", problems);
	};
}
async function fetchObject(store, object) {
	const { folder, url, lfsUrl } = store;
	const address = [["remote.origin.url", url], ...lfsUrl === void 0 ? [] : [["lfs.url", lfsUrl]]];
	const env = {
		...configEnv([...store.settings ?? [], ...address]),
		GIT_LFS_SKIP_SMUDGE: "0"
	};
	await mkdir(folder, { recursive: true });
	if (!await stat(join(folder, "HEAD")).catch(() => void 0)) await git(folder, [
		"init",
		"--quiet",
		"--bare"
	]);
	const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${object.oid}\nsize ${object.size}\n`;
	const blob = (await git(folder, [
		"hash-object",
		"-w",
		"--stdin"
	], { input: Readable.from([pointer]) })).trim();
	const tree = (await git(folder, ["mktree"], { input: Readable.from([`100644 blob ${blob}\tobject\n`]) })).trim();
	const identity = await committerEnv(folder);
	const commit = (await git(folder, [
		"commit-tree",
		tree,
		"-m",
		"Wanted"
	], { env: {
		...env,
		...identity
	} })).trim();
	try {
		await git(folder, [
			"lfs",
			"fetch",
			"origin",
			commit
		], { env });
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw notThere(store, object, error.stderr);
	}
}
function notThere({ url, lfsUrl }, { path, oid }, reason) {
	return new UserError("rows are missing", [`${path}: sha256 ${oid.slice(0, 12)}… can’t be fetched from ${withoutLogin(lfsUrl ?? url)}: ${withoutLogin(reason.replaceAll(/\s+/g, " "))}`]);
}
function withoutLogin(text) {
	return text.replaceAll(/\/\/[^/@\s]*@/g, "//");
}
async function linkOrCopy(source, file) {
	try {
		await link(source, file);
	} catch (error) {
		if (![
			"EXDEV",
			"EPERM",
			"EMLINK",
			"EACCES"
		].includes(error.code ?? "")) throw error;
		await copyFile(source, file, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
	}
}

// actions/verify-results/remote-objects.ts
async function openRemoteObjects(repository, at) {
	const { remote, base, store, auth } = at;
	const problems = await checkRemote(repository, remote);
	if (problems.length > 0) throw new UserError("no such remote", problems);
	const url = await remoteUrl(repository, remote);
	const lfsUrl = await findLfsUrl(repository, remote, base);
	const settings = authSettings(url, auth, [lfsUrl]);
	const placeObject = lfsObjects({
		folder: store,
		url,
		...lfsUrl === url ? {} : { lfsUrl },
		settings
	});
	if (!/^https?:/.test(lfsUrl)) {
		const askObjects = askFolder(lfsUrl);
		return {
			lfsUrl,
			placeObject,
			...askObjects ? { askObjects } : {}
		};
	}
	const lfsAuth = await readLfsAuth(repository, remote, lfsUrl, auth);
	return {
		lfsUrl,
		placeObject,
		askObjects: (objects) => askLfsServer(lfsUrl, lfsAuth, objects)
	};
}
function askFolder(address) {
	if (!address.startsWith("file://") && !address.startsWith("/")) return void 0;
	const folder = address.startsWith("/") ? address : fileURLToPath(address);
	return async (objects) => {
		const present = /* @__PURE__ */ new Set();
		const missing = /* @__PURE__ */ new Map();
		for (const object of objects) {
			const reason = await lookFor(folder, object);
			if (reason === void 0) present.add(object.oid);
			else missing.set(object.oid, reason);
		}
		return {
			present,
			missing
		};
	};
}
async function lookFor(folder, { oid, size }) {
	const place = join("lfs", "objects", oid.slice(0, 2), oid.slice(2, 4), oid);
	for (const store of [folder, join(folder, ".git")]) {
		const found = await stat(join(store, place)).catch(() => void 0);
		if (found) return found.size === size ? void 0 : `it holds ${found.size} bytes, not ${size}`;
	}
	return "no such object";
}

// actions/verify-results/check-meta.ts
function checkMeta(meta, catalog) {
	const path = metaPathOf(meta);
	const rubric = meta.dataset.rubric === void 0 ? void 0 : catalog.rubrics.get(meta.dataset.rubric);
	const model = catalog.models.get(meta.model.slug);
	return [
		...checkStatus(meta, path),
		...checkAccounting(meta, path),
		...checkRate(meta, path),
		...rubric ? checkPrompt(meta, path, rubric) : [],
		...model && meta.model.id !== model.hub_id ? [`${path}: model.id is ${meta.model.id}, registry/models/${meta.model.slug}.yaml has ${model.hub_id}: one of them was edited`] : [],
		...checkDatasetEntry(meta, path, catalog)
	];
}
function isPersonal({ dataset }, catalog) {
	const entry = catalog.datasets.get(stemOf(dataset.name));
	return dataset.privacy === "personal" || (entry?.privacy ?? "personal") === "personal";
}
function withholdMasked(message) {
	return withholdMessage(message.replaceAll(/\bN\b/g, "0"));
}
const ourFailures = /^(only the first \d+ of \d+ rows were asked for|\d+ rows have no answer|interrupted with \d+ rows to go|part \d+ of \d+: batchledger merge joins the parts)$/;
function withholdFailure(message) {
	return ourFailures.test(message) ? message : withholdMasked(message);
}
function checkStatus({ status, failure, results }, path) {
	const problems = [];
	if (status === "completed" && results.missing > 0) problems.push(`${path}: status is completed, ${results.missing} rows are missing`);
	if (status !== "failed" && results.success === 0) problems.push(`${path}: status is ${status}, no row was answered well`);
	if (status !== "completed" && !failure) problems.push(`${path}: status is ${status} without a reason in failure`);
	if (status === "completed" && failure) problems.push(`${path}: status is completed, failure says ${failure.code}`);
	return problems;
}
function checkAccounting({ results }, path) {
	const { total, success, errors, success_rate: rate } = results;
	const problems = [];
	const told = (finding) => problems.push(`${path}: results.${finding}: the meta was edited`);
	const expected = total > 0 ? round(100 * success / total, 4) : void 0;
	if (rate !== expected) told(`success_rate is ${rate ?? "absent"}, success / total is ${expected ?? "undefined"}`);
	const caused = results.error_causes.reduce((sum, { count }) => sum + count, 0);
	if (caused !== errors) told(`error_causes count ${caused} rows, errors is ${errors}`);
	const finished = Object.values(results.finish_reasons).reduce((sum, count) => sum + count, 0);
	if (finished !== success) told(`finish_reasons count ${finished} rows, success is ${success}`);
	return problems;
}
function checkRate({ execution, results }, path) {
	const { duration_seconds: seconds, req_per_sec: rate } = execution;
	const found = seconds !== void 0 && seconds > 0 ? round(results.success / seconds, 4) : void 0;
	return found === rate ? [] : [`${path}: execution.req_per_sec is ${rate}, success / duration is ${found}`];
}
function checkPrompt({ run_id: runId, dataset }, path, rubric) {
	const asked = dataset.prompt_sha256;
	if (asked === void 0 || asked === readyMadePromptSha256) return [];
	if (asked !== promptSha256(rubric)) return [`${catalogFolders.rubrics}/${dataset.rubric}.yaml: its prompt part differs from what ${runId} was judged by: a rubric that runs refer to is not edited; restore it and give the new one a new id`];
	if (isDeepStrictEqual(dataset.criteria, rubric.criteria)) return [];
	return [`${path}: dataset.criteria are not those of ${dataset.rubric}, whose prompt it names: the meta was edited`];
}
function checkDatasetEntry({ run_id: runId, dataset }, path, catalog) {
	const id = stemOf(dataset.name);
	const entry = catalog.datasets.get(id);
	if (!entry) return [];
	const problems = [];
	if (entry.sha256 !== dataset.sha256) problems.push(`${catalogFolders.datasets}/${id}.yaml: sha256 differs from the one ${runId} was run with: datasets don’t change; give the new data a new name`);
	else if (entry.count !== dataset.count) problems.push(`${path}: dataset.count is ${dataset.count}, ${id}.yaml has ${entry.count}: one of them was edited`);
	if (entry.privacy === "personal" && dataset.privacy !== "personal") problems.push(`${path}: dataset.privacy is ${dataset.privacy}, ${id}.yaml says personal: a run is handled as its dataset is; run it again`);
	return problems;
}

// actions/verify-results/judge-run.ts
function judgeRun(gates, figures) {
	const { meta, comparable, parseRate, agreement } = figures;
	const results = [];
	const { min_success_rate: success, min_parse_rate: parse, max_speed_drop: drop, min_agreement: agree } = gates;
	const atLeast = (gate, wanted, found, format, what) => {
		const ok = found >= wanted;
		const shown = !ok && format(found) === format(wanted) ? String(found) : format(found);
		results.push({
			gate,
			wanted,
			found,
			ok,
			reason: `${what} ${shown}, wanted at least ${format(wanted)}`
		});
	};
	const unjudged = (gate, wanted, reason) => results.push({
		gate,
		wanted,
		ok: null,
		reason
	});
	if (success !== void 0) {
		const rate = meta.results.success_rate;
		if (rate === void 0) unjudged("min_success_rate", success, "the run has no success rate");
		else atLeast("min_success_rate", success, rate, formatPercent, "answered well:");
	}
	if (parse !== void 0) {
		if ("reason" in parseRate) unjudged("min_parse_rate", parse, parseRate.reason);
		else atLeast("min_parse_rate", parse, parseRate.value, formatPercent, "usable verdicts:");
	}
	if (drop !== void 0) results.push(judgeSpeed(drop, meta, comparable.speed));
	if (agree !== void 0) {
		if ("reason" in agreement) unjudged("min_agreement", agree, agreement.reason);
		else if (agreement.agreement === void 0) unjudged("min_agreement", agree, "no item has a usable verdict in both runs");
		else atLeast("min_agreement", agree, agreement.agreement, formatShare, `raw agreement over ${agreement.paired} items:`);
	}
	return results;
}
function judgeSpeed(wanted, { execution }, { run, ...none }) {
	const gate = "max_speed_drop";
	if (!run) return {
		gate,
		wanted,
		ok: null,
		reason: "reason" in none ? none.reason : ""
	};
	const [before, now] = [run.execution.req_per_sec, execution.req_per_sec];
	if (before === void 0 || before === 0 || now === void 0) return {
		gate,
		wanted,
		ok: null,
		reason: "a speed was not measured"
	};
	const found = round(100 * (before - now) / before, 2);
	const reason = `${`${formatRate(now)} req/s against ${formatRate(before)} before`}: ${found > 0 ? `${formatPercent(found)} slower` : "not slower"}, wanted at most ${formatPercent(wanted)} slower`;
	return {
		gate,
		wanted,
		found,
		ok: found <= wanted,
		reason
	};
}
function formatShare(share) {
	return share === 1 ? "1" : String(Math.min(.999, round(share, 3)));
}
function parseRateOf({ statuses }) {
	let answered = 0;
	let usable = 0;
	for (const code of statuses) {
		const status = verdictStatuses[code] ?? "request_error";
		if (status !== "request_error") answered++;
		if (isUsable(status)) usable++;
	}
	return answered === 0 ? void 0 : round(100 * usable / answered, 4);
}

// actions/verify-results/render-comment.ts
const commentMarker = "<!-- batchledger:verify -->";
const mostCharacters = 59e3;
const mostFaultCharacters = 2e4;
const mostCauses = 10;
function renderComment(verification) {
	const { runs, faults } = verification;
	const blocks = [
		...renderFaults(faults),
		...runs.flatMap(renderRun),
		...verification.kind === "run" ? [renderStore(verification)] : []
	];
	const foot = renderFoot(verification);
	let text = `${commentMarker}\n${renderVerdict(verification)}\n`;
	let left = 0;
	for (const block of blocks) if (text.length + block.length + foot.length < mostCharacters) text += `\n${block}\n`;
	else left++;
	if (left > 0) text += `\n… and ${left} more parts, which did not fit: \`batchledger verify\` prints them all.\n`;
	return `${text}\n${foot}\n`;
}
function renderVerdict({ ok, kind, faults, runs }) {
	const red = runs.flatMap(({ gates }) => gates).filter((gate) => gate.ok === false).length;
	const [run] = runs;
	const what = kind === "none" ? "no run in this change" : kind === "index" ? "the index" : run ? code(run.meta.run_id) : "this change";
	if (ok && kind === "none") return `### ✅ Nothing to hold: ${what}`;
	if (ok) return `### ✅ Holds: ${runs.length > 1 ? `${runs.length} runs` : what}`;
	return `### ❌ Does not hold: ${[...faults.length > 0 ? [plural(faults.length, "fault")] : [], ...red > 0 ? [`${plural(red, "gate")} not met`] : []].join(", ")} in ${runs.length > 1 ? `${runs.length} runs` : what}`;
}
function renderFaults(faults) {
	if (faults.length === 0) return [];
	const lines = [];
	let length = 0;
	for (const fault of faults) {
		const line = `- ${fit(fault, 900)}`;
		length += line.length + 1;
		if (length > mostFaultCharacters) break;
		lines.push(line);
	}
	const more = faults.length - lines.length;
	return [[
		`**${plural(faults.length, "fault")}**`,
		"",
		...lines,
		...more > 0 ? [`- … and ${formatCount(more)} more`] : []
	].join("\n")];
}
function renderRun(run) {
	return [
		renderSubject(run),
		...renderGates(run),
		renderAccounting(run),
		...renderCauses(run),
		...renderVerdicts(run),
		...renderNotes(run)
	];
}
function renderSubject({ meta, personal }) {
	const { model, dataset, execution, status, failure } = meta;
	const rubric = dataset.rubric === void 0 ? "no rubric" : code(dataset.rubric);
	const why = failure ? `: ${fit(personal ? withholdFailure(failure.message) : failure.message, 600)} (${code(failure.code)})` : "";
	const engine = [execution.engine.name, execution.engine.version].filter(Boolean).join(" ");
	return [
		`**${fit(model.name, 200)}** over ${code(dataset.name)} by ${rubric}, started ${formatTime(execution.started_at)} on ${fit(engine, 200)}`,
		`**Status ${status}**${why}`,
		`**${formatCount(meta.results.total)} rows** = ${formatCount(meta.results.success)} answered well + ${formatCount(meta.results.errors)} errors + ${formatCount(meta.results.missing)} missing`
	].join("<br>\n");
}
function renderGates({ gates }) {
	if (gates.length === 0) return ["No gates are set: registry/policy.yaml asks nothing of a run"];
	return [[
		"| | gate | what was found |",
		"|---|---|---|",
		...gates.map(({ gate, ok, reason }) => `| ${ok === null ? "not judged" : ok ? "✅ met" : "❌ **not met**"} | ${code(gate)} | ${fit(reason, 800)} |`)
	].join("\n")];
}
function renderAccounting({ meta, comparable, rows, before }) {
	const other = comparable.verdicts.run;
	const there = "reason" in before ? void 0 : before;
	const sameSpeed = other !== void 0 && comparable.speed.run?.run_id === other.run_id;
	const line = (name, read, shown = true) => `| ${name} | ${read(meta)} |${other ? ` ${shown ? read(other) : "–"} |` : ""}`;
	const parsed = (counts) => formatPercent(counts?.parseRate);
	return [
		...other ? [`Compared with ${code(other.run_id)}, the last comparable run on main:`, ""] : [],
		`| | this run |${other ? " before |" : ""}`,
		`|---|---:|${other ? "---:|" : ""}`,
		line("answered well", ({ results }) => `${formatCount(results.success)} (${formatPercent(results.success_rate)})`),
		line("errors · missing", ({ results }) => `${formatCount(results.errors)} · ${formatCount(results.missing)}`),
		...rows ? [`| usable verdicts, of those | ${parsed(rows)} |${other ? ` ${parsed(there)} |` : ""}`] : [],
		line("requests/s", ({ run_id: runId, execution }) => `${formatRate(execution.req_per_sec)}${sameSpeed && runId === meta.run_id ? spellChange(meta, other) : ""}`, sameSpeed),
		line("time with requests in flight", ({ execution }) => formatDuration(execution.duration_seconds), sameSpeed),
		line("tokens a row, prompt · output", ({ results }) => `${tokens(results.avg_prompt_tokens)} · ${tokens(results.avg_completion_tokens)}`)
	].join("\n");
}
function renderCauses({ meta, personal }) {
	const { error_causes: causes, finish_reasons: reasons } = meta.results;
	const blocks = [];
	if (causes.length > 0) {
		const rows = causes.slice(0, mostCauses).map(({ count, status, code: name, message }) => `| ${formatCount(count)} | ${status ?? "–"} | ${spellCode(name, personal)} | ${fit(personal ? withholdMasked(message) : message, 500)} |`);
		const more = causes.slice(mostCauses);
		const rest = more.reduce((sum, { count }) => sum + count, 0);
		blocks.push([
			"| errors | HTTP | code | cause |",
			"|---:|---|---|---|",
			...rows,
			...more.length > 0 ? [`| ${formatCount(rest)} | | | and ${more.length} more causes |`] : []
		].join("\n"));
	}
	const finished = Object.entries(reasons).sort(([, a], [, b]) => b - a);
	if (finished.length > 0) {
		const word = (reason) => personal && !/^[a-z_]{1,20}$/.test(reason) ? "withheld" : code(reason);
		const listed = finished.slice(0, 8).map(([reason, count]) => `${word(reason)} ${formatCount(count)}`);
		const more = finished.length - listed.length;
		blocks.push(`Finish reasons: ${listed.join(", ")}${more > 0 ? `, and ${more} more` : ""}`);
	}
	return blocks;
}
function spellCode(name, personal) {
	if (name === void 0) return "–";
	return personal && !/^(\d{1,5}|malformed_body)$/.test(name) ? "withheld" : code(name);
}
function renderVerdicts({ rows, before }) {
	if (!rows) return [];
	const there = "reason" in before ? void 0 : before;
	const statuses = (list) => list.map(({ status, count }) => `${code(status)} ${formatCount(count)}`).join(", ") || "no rows";
	const blocks = [`Parse statuses: ${statuses(rows.statuses)}${there ? ` (before: ${statuses(there.statuses)})` : ""}`];
	if (!rows.primary) return blocks;
	return [
		...blocks,
		renderPrimary(rows.primary, there?.primary),
		...there ? [renderAgreement(there.agreement, rows.primary.name)] : []
	];
}
function renderPrimary({ name, usable, values, range }, before) {
	if (range) {
		const spell = ({ lowest, median, highest }) => `${lowest} to ${highest}, median ${median}`;
		return `${code(name)} over ${formatCount(usable)} usable verdicts: ${spell(range)}${before?.range ? ` (before: ${spell(before.range)})` : ""}`;
	}
	const share = (count, of) => of === 0 ? formatCount(count) : `${formatCount(count)} (${formatPercent(100 * count / of)})`;
	const rows = values.slice(0, 20).map(({ value, count }, index) => {
		const other = before ? ` ${share(before.values[index]?.count ?? 0, before.usable)} |` : "";
		return `| ${fit(value, 200)} | ${share(count, usable)} |${other}`;
	});
	const more = values.length - rows.length;
	return [
		`| ${code(name)} | this run |${before ? " before |" : ""}`,
		`|---|---:|${before ? "---:|" : ""}`,
		...rows,
		...more > 0 ? [`| and ${more} more values | |${before ? " |" : ""}`] : []
	].join("\n");
}
function renderAgreement(found, name) {
	if ("reason" in found) return `No agreement with the last comparable run: ${fit(found.reason, 600)}`;
	const dropped = Object.entries(found.dropped).map(([reason, count]) => `${code(reason)} ${formatCount(count)}`);
	const not = dropped.length > 0 ? `; not paired: ${dropped.join(", ")}` : "";
	if (found.agreement === void 0) return `Raw agreement on ${code(name)}: no item has a usable verdict in both runs${not}`;
	return `**Raw agreement on ${code(name)}: ${formatShare(found.agreement)}** (${formatCount(found.equal)} of ${formatCount(found.paired)} paired items the same${not})`;
}
function renderNotes({ meta, comparable, before, rows }) {
	const { verdicts, speed } = comparable;
	if (!verdicts.run) return [`Nothing to compare with: ${fit(verdicts.reason, 1200)}`];
	const notes = [];
	if (verdicts.warnings.length > 0) notes.push(`⚠️ Other sampling than before, which may change verdicts: ${fit(verdicts.warnings.join("; "), 1200)}`);
	if (!speed.run) notes.push(`No speed to compare with: ${fit(speed.reason, 1600)}`);
	else if (speed.run.run_id !== verdicts.run.run_id) notes.push(`Speed is comparable with ${code(speed.run.run_id)}: ${formatRate(speed.run.execution.req_per_sec)} requests/s${spellChange(meta, speed.run)}`);
	if (rows && "reason" in before) notes.push(`No verdicts to compare with: ${fit(before.reason, 1200)}`);
	return notes;
}
function renderStore({ store }) {
	const { main, added, budget, moreRuns } = store;
	const bound = budget === void 0 ? "no budget is set" : `budget ${formatBytes(budget)}, ${formatPercent(100 * (main + added) / budget)} used${moreRuns === void 0 ? "" : `, room for ${formatCount(moreRuns)} more of this size`}`;
	return `LFS: ${formatBytes(added)} added to ${formatBytes(main)} on main; ${bound}`;
}
function renderFoot({ mode, head, base, checked, unchecked }) {
	return [
		`${mode === "full" ? "Full" : "Row-free"} check of ${code(head.slice(0, 12))} by the rules of main at ${code(base.slice(0, 12))}`,
		`**Checked:** ${escapeMarkdown(checked.join(", "))}`,
		`**Not checked:** ${unchecked.length > 0 ? fit(unchecked.join("; "), 3e3) : "nothing was left out"}`
	].join("<br>\n");
}
function code(text) {
	return /^[A-Za-z0-9][\w./-]{0,199}$/.test(text) ? `\`${text}\`` : fit(text, 300);
}
function fit(text, most) {
	const start = text.slice(0, most + 1);
	const whole = escapeMarkdown(start);
	if (start.length === text.length && whole.length <= most) return whole;
	const cut = (length) => escapeMarkdown(`${start.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")}…`);
	let [low, high] = [0, start.length];
	while (low < high) {
		const middle = low + high + 1 >> 1;
		if (cut(middle).length <= most) low = middle;
		else high = middle - 1;
	}
	return cut(low);
}
function spellChange(meta, before) {
	const [now, then] = [meta.execution.req_per_sec, before.execution.req_per_sec];
	if (now === void 0 || then === void 0 || then === 0) return "";
	const change = 100 * (now - then) / then;
	return ` (${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(1)} %)`;
}
function tokens(value) {
	return value === void 0 ? "–" : formatCount(Math.round(value));
}
function plural(count, what) {
	return `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;
}

// actions/adapters/git-objects.ts
async function listTree(repository, commit, folder) {
	return (await git(repository, [
		"ls-tree",
		"-r",
		"-l",
		"-z",
		"--full-tree",
		commit,
		...folder === "" ? [] : ["--", folder]
	])).split("\0").filter(Boolean).map((line) => {
		const tab = line.indexOf("	");
		const [mode = "", , oid = "", size = ""] = line.slice(0, tab).split(/ +/);
		return {
			path: line.slice(tab + 1),
			mode,
			oid,
			size: Number(size) || 0
		};
	});
}
async function diffCommits(repository, from, to) {
	const parts = (await git(repository, [
		"diff-tree",
		"-r",
		"-z",
		"--raw",
		"--no-renames",
		from,
		to
	])).split("\0");
	const changed = [];
	for (let at = 0; at + 1 < parts.length; at += 2) {
		const [oldMode = "", mode = "", oldOid = "", oid = "", letter = ""] = (parts[at] ?? "").slice(1).split(" ");
		const path = parts[at + 1] ?? "";
		if (letter === "D") changed.push({
			path,
			status: "deleted",
			mode: oldMode,
			oid: oldOid
		});
		else changed.push({
			path,
			status: letter === "A" ? "added" : "changed",
			mode,
			oid
		});
	}
	return changed;
}
async function listNewBlobs(repository, base, head) {
	const found = (await git(repository, [
		"rev-list",
		"--objects",
		"--filter=object:type=blob",
		"--filter-provided-objects",
		head,
		`^${base}`
	])).matchAll(/^([0-9a-f]{40,64})(?: (.*))?$/gm);
	return new Map([...found].map(([, oid = "", path = ""]) => [oid, path]));
}
async function readBlobs(repository, oids) {
	const blobs = /* @__PURE__ */ new Map();
	if (oids.length === 0) return blobs;
	const chunks = [];
	const output = new Writable({ write(chunk, _encoding, done) {
		chunks.push(chunk);
		done();
	} });
	await git(repository, ["cat-file", "--batch"], {
		input: Readable.from([`${oids.join("\n")}\n`]),
		output
	});
	const all = Buffer.concat(chunks);
	let at = 0;
	for (const oid of oids) {
		const end = all.indexOf("\n", at);
		const header = all.subarray(at, end).toString("utf8");
		const size = Number(/ blob (\d+)$/.exec(header)?.[1] ?? NaN);
		if (Number.isNaN(size)) throw new Error(`git cat-file ${oid}: ${header}`);
		blobs.set(oid, all.subarray(end + 1, end + 1 + size));
		at = end + 1 + size + 1;
	}
	return blobs;
}
async function writeBlobTo(repository, oid, file) {
	await git(repository, [
		"cat-file",
		"blob",
		oid
	], { output: createWriteStream(file, { flags: "wx" }) });
}

// actions/verify-results/read-pointer.ts
function readPointerText(text) {
	const [, oid, size] = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize ([1-9]\d{0,15})\n$/.exec(text) ?? [];
	return oid === void 0 ? void 0 : {
		oid,
		size: Number(size)
	};
}

// actions/verify-results/lay-out-ledger.ts
async function inScratch(parent, use) {
	const folder = await mkdtemp(join(parent ?? tmpdir(), "batchledger-verify-"));
	try {
		return await use(folder);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
async function layOutCatalog({ repository, commit, prefix }, folder) {
	const entries = (await listTree(repository, commit, `${prefix}registry/`)).filter(({ path, mode }) => mode.startsWith("100") && /\.ya?ml$/.test(path));
	const blobs = await readBlobs(repository, [...new Set(entries.map(({ oid }) => oid))]);
	for (const { path, oid } of entries) await writeFile(await makeRoom(folder, path.slice(prefix.length)), blobs.get(oid) ?? "");
}
async function layOutRun({ repository }, run, metaOid, folder, placeObject) {
	await writeBlobTo(repository, metaOid, await makeRoom(folder, run.metaPath));
	for (const part of ["results", "log"]) {
		const path = run.meta.files[part];
		const file = await makeRoom(folder, path);
		const object = run.objects[part];
		if (object) await placeObject({
			...object,
			path,
			runId: run.meta.run_id
		}, file);
		else await writeFile(file, "");
	}
}
async function layOutRows(meta, folder, placeObject) {
	const path = meta.files.results;
	const file = await makeRoom(folder, path);
	const object = {
		oid: meta.files.sha256.results,
		size: meta.files.bytes.results,
		path,
		runId: meta.run_id
	};
	if (object.size > 0) await placeObject(object, file);
	else await writeFile(file, "");
}
async function layOutDataset({ repository, commit, prefix }, dataset, folder, placeObject) {
	if (dataset.location === "runner") return "its rows lie on the runner only";
	const [entry] = await listTree(repository, commit, prefix + dataset.file);
	if (!entry?.mode.startsWith("100")) return `main does not have ${dataset.file}`;
	const file = await makeRoom(folder, dataset.file);
	if (dataset.location === "ledger") {
		await writeBlobTo(repository, entry.oid, file);
		return;
	}
	const text = (await readBlobs(repository, entry.size <= 1024 ? [entry.oid] : [])).get(entry.oid);
	const object = text === void 0 ? void 0 : readPointerText(text.toString("utf8"));
	if (!object) return `${dataset.file} on main is no Git LFS pointer`;
	try {
		await placeObject({
			...object,
			path: dataset.file,
			runId: ""
		}, file);
		return;
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return error.problems.join("; ");
	}
}
async function makeRoom(folder, path) {
	const file = join(folder, path);
	await mkdir(dirname(file), { recursive: true });
	return file;
}

// actions/verify-results/read-change.ts
const mostMetaBytes = 1 << 20;
const mostPointerBytes = 1024;
async function readChange(inputs) {
	const { repository } = inputs;
	const prefix = (await git(repository, ["rev-parse", "--show-prefix"])).trim();
	const [base, head] = await resolveBoth(inputs);
	const [mergeBase = "", ...otherBases] = await findMergeBases(repository, base, head);
	const inLedger = (path) => path.startsWith(prefix) ? path.slice(prefix.length) : `../${path}`;
	const changed = await diffCommits(repository, mergeBase, head);
	const listResults = async (commit) => {
		const found = /* @__PURE__ */ new Map();
		for (const { path: place, mode, oid, size } of await listTree(repository, commit, prefix)) {
			const path = inLedger(place);
			if (isResult({ path })) found.set(path, {
				path,
				mode,
				oid,
				size
			});
		}
		return found;
	};
	const [mainEntries, headEntries] = await Promise.all([listResults(base), listResults(head)]);
	const paths = changed.map(({ path: place, status, mode, oid }) => {
		const path = inLedger(place);
		return {
			path,
			status,
			mode,
			oid,
			size: headEntries.get(path)?.size ?? 0
		};
	});
	const wanted = paths.filter(({ path, status, mode, size }) => {
		const most = path.endsWith(".json") ? mostMetaBytes : mostPointerBytes;
		return isResult({ path }) && status !== "deleted" && mode.startsWith("100") && size <= most;
	});
	const blobs = await readBlobs(repository, [...new Set(wanted.map(({ oid }) => oid))]);
	const catalog = await inScratch(void 0, async (folder) => {
		await layOutCatalog({
			repository,
			commit: base,
			prefix
		}, folder);
		return readCatalog(folder);
	});
	return {
		base,
		head,
		mergeBase,
		crissCross: otherBases.length > 0,
		prefix,
		paths,
		texts: new Map(wanted.map(({ path, oid }) => [path, blobs.get(oid)?.toString("utf8") ?? ""])),
		passing: await findPassing(repository, base, head, inLedger),
		mainEntries,
		headEntries,
		main: {
			catalog,
			runs: await readRunsOf(repository, mainEntries)
		},
		...paths.some(({ path }) => path.endsWith("/metadata.json")) ? { headRuns: await readRunsOf(repository, headEntries) } : {}
	};
}
function isResult({ path }) {
	return /^results(\/|$)/i.test(path);
}
async function resolveBoth({ repository, base, head }) {
	const resolve = async (ref) => /^[\w/.@][\w/.@^~-]*$/.test(ref) ? resolveRef(repository, ref) : void 0;
	const [from, to] = await Promise.all([resolve(base), resolve(head)]);
	if (from !== void 0 && to !== void 0) return [from, to];
	const unknown = [...from === void 0 ? [["base", base]] : [], ...to === void 0 ? [["head", head]] : []];
	throw new UserError("the change can’t be read", unknown.map(([name, ref]) => `${name} ${JSON.stringify(ref)}: no such commit here: fetch it first`));
}
async function findMergeBases(repository, base, head) {
	try {
		return (await git(repository, [
			"merge-base",
			"--all",
			base,
			head
		])).trim().split("\n");
	} catch (error) {
		if (!(error instanceof GitError) || error.code !== 1) throw error;
		throw new UserError("the change can’t be read", [`${head.slice(0, 12)}: has no commit in common with main (${base.slice(0, 12)}): fetch both whole (fetch-depth: 0), or make the branch out of main`]);
	}
}
async function findPassing(repository, base, head, inLedger) {
	const brought = await listNewBlobs(repository, base, head);
	if (brought.size === 0) return [];
	const kept = new Set((await listTree(repository, head, "")).map(({ oid }) => oid));
	return [...brought].filter(([oid]) => !kept.has(oid)).map(([, path]) => inLedger(path));
}
async function readRunsOf(repository, entries) {
	const metas = [...entries.values()].filter(({ path, mode, size }) => path.endsWith(".meta.json") && mode === "100644" && size <= 1048576);
	const blobs = await readBlobs(repository, [...new Set(metas.map(({ oid }) => oid))]);
	return metas.flatMap(({ path, oid }) => {
		const { value: meta } = parseJson(blobs.get(oid)?.toString("utf8") ?? "", path, runMetaSchema);
		return meta && checkPlace(meta, path).length === 0 ? [{
			meta,
			metaPath: path
		}] : [];
	}).sort((a, b) => Date.parse(b.meta.execution.started_at) - Date.parse(a.meta.execution.started_at));
}

// actions/verify-results/check-bundle.ts
const parts = ["results", "log"];
const emptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const metaPattern = /^results\/[^/]+\/[^/]+\.meta\.json$/;
function checkBundles(change) {
	const added = new Map(change.paths.filter(({ path, status }) => status === "added" && path.startsWith("results/")).map((entry) => [entry.path, entry]));
	const runs = [];
	const faults = [];
	const spoken = /* @__PURE__ */ new Set();
	for (const [path, { mode }] of added) {
		if (!metaPattern.test(path)) continue;
		const base = path.slice(0, -10);
		for (const ending of [
			".meta.json",
			".jsonl",
			".log"
		]) spoken.add(base + ending);
		if (mode !== "100644" && mode !== "100755") continue;
		const { meta, problems } = readMeta(path, change.texts.get(path));
		faults.push(...problems);
		if (!meta) continue;
		for (const part of parts) spoken.add(meta.files[part]);
		const { objects, problems: wrong } = checkFiles(change, added, meta);
		faults.push(...wrong, ...checkNew(change, runs, meta), ...checkCatalog(change, meta));
		runs.push({
			meta,
			metaPath: path,
			objects
		});
	}
	for (const path of added.keys()) if (!spoken.has(path) && path !== "results/metadata.json") faults.push(`${path}: belongs to no run of this change: results/ holds runs, each with its .jsonl, .log and .meta.json; take it out, or add the meta that names it`);
	return {
		runs,
		faults
	};
}
function readMeta(path, text) {
	if (text === void 0) return { problems: [`${path}: is larger than ${mostMetaBytes} bytes, a meta is some kilobytes: restore it from the bundle`] };
	const { value: meta, problems } = parseJson(text, path, runMetaSchema);
	if (!meta) return { problems: problems.map((problem) => shorten(problem, path)) };
	const misplaced = checkPlace(meta, path);
	const faults = sameMembers(meta, text) ? [] : [`${path}: holds more than the format has, or is not written as batchledger writes it (two spaces, each member once): restore it from the bundle`];
	return misplaced.length > 0 ? { problems: [...misplaced, ...faults] } : {
		meta,
		problems: faults
	};
}
function sameMembers(meta, text) {
	const asWritten = JSON.parse(text);
	return formatJson(asWritten) === text && formatJson(sortMembers(asWritten)) === formatJson(sortMembers(meta));
}
function sortMembers(value) {
	if (Array.isArray(value)) return value.map(sortMembers);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([name, member]) => [name, sortMembers(member)]));
}
function shorten(problem, path) {
	const rest = problem.slice(path.length + 2);
	const [, keys = "", finding = ""] = /^([\w.[\]-]+): ([^]*)$/.exec(rest) ?? [
		"",
		"",
		rest
	];
	return keys === "" ? problem : `${path}: ${keys.split(".").slice(0, 2).join(".")}: ${finding}`;
}
function checkFiles(change, added, meta) {
	const objects = {};
	const problems = [];
	for (const part of parts) {
		const path = meta.files[part];
		const entry = added.get(path);
		if (!entry) {
			if (!change.headEntries.has(path) || !change.mainEntries.has(path)) problems.push(`${path}: the meta names it, the change does not bring it: publish the bundle again`);
			continue;
		}
		if (!entry.mode.startsWith("100")) continue;
		const { sha256, bytes } = {
			sha256: meta.files.sha256[part],
			bytes: meta.files.bytes[part]
		};
		const text = change.texts.get(path);
		if (text === "") {
			if (bytes !== 0 || sha256 !== emptySha256) problems.push(`${path}: is empty, the meta has ${bytes} bytes (sha256 ${cut(sha256)}): publish the bundle again`);
			continue;
		}
		const object = text === void 0 ? void 0 : readPointerText(text);
		if (!object) {
			problems.push(`${path}: is no Git LFS pointer in its plain form (version, oid, size and nothing else; found ${entry.size} bytes of another content): rows travel through LFS; publish the bundle again`);
			continue;
		}
		objects[part] = object;
		problems.push(...comparePointer(path, object, {
			oid: sha256,
			size: bytes
		}));
	}
	return {
		objects,
		problems
	};
}
function comparePointer(path, found, claimed) {
	const problems = [];
	if (found.oid !== claimed.oid) problems.push(`${path}: the pointer names sha256 ${cut(found.oid)}, the meta has ${cut(claimed.oid)}: one of them was edited; publish the bundle again`);
	if (found.size !== claimed.size) problems.push(`${path}: the pointer names ${found.size} bytes, the meta has ${claimed.size}: one of them was edited; publish the bundle again`);
	return problems;
}
function checkNew(change, earlier, { run_id: runId, ...meta }) {
	const path = metaPathOf(meta);
	const onMain = change.main.runs.find((run) => run.meta.run_id === runId);
	if (onMain && onMain.metaPath !== path) return [`${path}: run_id ${runId} stands on main in ${onMain.metaPath}: one of them is a copy; take this one out`];
	if (earlier.some((run) => run.meta.run_id === runId)) return [`${path}: run_id ${runId} stands twice in this change: one of them is a copy`];
	return [];
}
function checkCatalog({ main: { catalog } }, meta) {
	const path = metaPathOf(meta);
	return [...[
		["models", meta.model.slug],
		["datasets", stemOf(meta.dataset.name)],
		["rubrics", meta.dataset.rubric]
	].flatMap(([kind, id]) => id === void 0 || catalog[kind].has(id) ? [] : [`${path}: names ${catalogFolders[kind]}/${id}.yaml, which main does not have or can’t read: add the entry through a change of its own first`]), ...checkMeta(meta, catalog)];
}
function cut(sha256) {
	return `${sha256.slice(0, 12)}…`;
}

// actions/verify-results/check-labels.ts
function checkLabels({ paths, passing, main }) {
	const datasets = [...main.catalog.datasets].flatMap(([id, { privacy, labels }]) => [labels ?? "", labelsPathOf(id)].map((path) => ({
		path,
		id,
		privacy
	})));
	const personal = new Map(datasets.flatMap(({ path, id, privacy }) => privacy === "personal" ? [[path, id]] : []));
	const known = new Set(datasets.map(({ path }) => path));
	const brought = [...paths.filter(({ status }) => status !== "deleted").map(({ path }) => path), ...passing];
	return [...new Set(brought)].flatMap((path) => {
		const id = personal.get(path);
		if (id !== void 0) return [`${path}: labels of ${id}, which is personal: plain Git can’t forget ids and notes; close this pull request, delete its branch, and keep them where batchledger labels add puts them`];
		if (known.has(path) || !/^registry\/labels\/.*\.jsonl$/i.test(path)) return [];
		return [`${path}: labels of a dataset that main has no sound entry of, so that nobody can tell whether it is personal: merge registry/datasets/<id>.yaml first, then bring them with batchledger labels add`];
	});
}

// actions/verify-results/check-store.ts
function weighStore({ catalog, runs }, added) {
	const objects = /* @__PURE__ */ new Map();
	const weigh = (metas) => {
		for (const { meta } of metas) for (const part of ["results", "log"]) objects.set(meta.files.sha256[part], meta.files.bytes[part]);
		return [...objects.values()].reduce((sum, bytes) => sum + bytes, 0);
	};
	const main = weigh(runs);
	const bytes = weigh(added) - main;
	const budget = catalog.policy.lfs.budget_bytes;
	if (budget === void 0) return {
		main,
		added: bytes
	};
	const left = Math.max(0, budget - main - bytes);
	return {
		main,
		added: bytes,
		budget,
		...bytes > 0 ? { moreRuns: Math.floor(left * added.length / bytes) } : {}
	};
}
function checkStore({ catalog }, runs, { main, added, budget }, { lfsUrl }) {
	const problems = [];
	if (budget !== void 0 && added > 0 && main + added > budget) problems.push(`${policyPath}: lfs.budget_bytes is ${formatCount(budget)}, with this change the runs weigh ${formatCount(main + added)} (${formatBytes(main + added - budget)} too much): raise the budget through a reviewed change, or erase what is no longer needed`);
	const personal = runs.filter(({ meta }) => isPersonal(meta, catalog));
	if (personal.length === 0) return problems;
	const host = lfsUrl === void 0 ? void 0 : foreignHost(lfsUrl);
	const allowed = catalog.policy.allow_hosts.lfs;
	for (const { metaPath } of personal) if (lfsUrl === void 0) problems.push(`${metaPath}: the rows are personal, and where LFS keeps them is not known: set lfs.url in .lfsconfig on main`);
	else if (host !== void 0 && !allowed.includes(host)) problems.push(`${metaPath}: the rows are personal, and LFS keeps them at ${host}: registry/policy.yaml allows ${["loopback", ...allowed].join(", ")}; add the host to allow_hosts.lfs through a reviewed change, or keep them elsewhere`);
	return problems;
}

// actions/verify-results/check-change.ts
function checkChange(change, rules) {
	const touched = change.paths.filter(isResult);
	const store = (runs) => weighStore(change.main, runs);
	if (touched.length === 0) return {
		kind: "none",
		runs: [],
		faults: [
			...checkHistory(change),
			...checkLabels(change),
			...tellPassing(change.passing.filter((path) => isResult({ path })))
		],
		store: store([])
	};
	if (change.paths.length === 1 && touched[0]?.path === "results/metadata.json") return {
		kind: "index",
		runs: [],
		faults: [
			...checkHistory(change),
			...checkIndex(change),
			...tellPassing(change.passing.filter((path) => path !== indexPath))
		],
		store: store([])
	};
	const { runs, faults } = checkBundles(change);
	const weight = store(runs);
	return {
		kind: "run",
		runs,
		faults: [
			...checkHistory(change),
			...checkPaths(change),
			...checkCase(change),
			...faults,
			...runs.length > rules.mostRuns ? [`results/: ${runs.length} runs in one change (${runs.map(({ meta }) => meta.run_id).join(", ")}), expected ${rules.mostRuns}: each run is judged on its own; publish each on its own branch`] : [],
			...tellPassing(change.passing),
			...checkStore(change.main, runs, weight, rules)
		],
		store: weight
	};
}
function checkHistory({ crissCross }) {
	if (!crissCross) return [];
	return ["(history): parts from main in several points, so that a merge would bring more than is seen here: make one commit of it on main (git reset --soft origin/main && git commit)"];
}
function checkPaths({ paths, mainEntries }) {
	return paths.flatMap(({ path, status, mode, oid }) => {
		if (!isResult({ path })) return [`${path}: is ${status} beside a run, ${whatItIs(path)}: a run brings its three files and nothing else; move it to a pull request of its own`];
		if (path === "results/metadata.json") return [`${path}: is ${status} beside a run: the index is written on main after the merge (batchledger register); take it out of this change`];
		if (status !== "added") return [`${path}: is ${status}, it stands on main: a run is write-once once it is merged (renamed and moved count too); restore it with git checkout main -- PATH`];
		const there = mainEntries.get(path);
		if (there) return [`${path}: stands on main already, ${there.oid === oid ? "with the same content" : "with other content"}: a run is write-once; ${there.oid === oid ? "close this pull request" : "make a new run of it (batchledger run --continues)"}`];
		const kind = modes[mode];
		return kind === void 0 ? [] : [`${path}: is ${kind} (mode ${mode}), expected a plain file (100644): write the file itself`];
	});
}
const modes = {
	"100755": "executable",
	"120000": "a symbolic link",
	"160000": "a submodule"
};
function whatItIs(path) {
	if (/(^|\/)\.lfsconfig$/i.test(path)) return "and it says where rows are sent";
	if (/(^|\/)\.gitattributes$/i.test(path)) return "and it says what travels through LFS";
	if (/^(\.\.\/)?\.(github|gitea|forgejo)\//i.test(path)) return "and it is what the runners run";
	if (/^registry\//i.test(path)) return "and it is what runs are judged by";
	return "and it is no part of one";
}
function checkCase({ paths, mainEntries }) {
	const spelled = /* @__PURE__ */ new Map();
	for (const path of mainEntries.keys()) for (const part of withFolders(path)) spelled.set(fold(part), part);
	const problems = [];
	for (const { path, status } of paths) {
		if (!isResult({ path }) || status === "deleted") continue;
		for (const part of withFolders(path)) {
			const other = spelled.get(fold(part)) ?? (fold(part) === "results" ? "results" : void 0);
			if (other === void 0) spelled.set(fold(part), part);
			else if (other !== part) problems.push(`${path}: ${part} and ${other} differ only in letter case, and are one on some file systems: take another name`);
		}
	}
	return problems;
}
function withFolders(path) {
	const parts = path.split("/");
	return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
function fold(path) {
	return path.normalize("NFKC").toLowerCase();
}
function tellPassing(paths) {
	return paths.map((path) => `${path || "(no path)"}: a commit of this change holds content that its end does not, and a merge would bring it to main for good: make one commit of it (git reset --soft origin/main && git commit)`);
}
function checkIndex(change) {
	const entry = change.headEntries.get(indexPath);
	if (!entry) return [`${indexPath}: is deleted: write it with batchledger register`];
	if (entry.mode !== "100644") return [`${indexPath}: has mode ${entry.mode}, expected a plain file (100644)`];
	if (change.texts.get("results/metadata.json") === formatJson(buildIndex(change.headRuns ?? [], change.main.catalog))) return [];
	return [`${indexPath}: does not say what the runs’ metas say: it is not edited by hand; write it with batchledger register`];
}

// actions/verify-results/verify-results.ts
async function verifyResults(inputs, onRead = () => void 0) {
	const ledger = await readLedger(inputs.ledger);
	const unknown = inputs.runIds.filter((runId) => !ledger.runs.some(({ meta }) => meta.run_id === runId));
	if (unknown.length > 0) throw new UserError("no such run", [...unknown.map((runId) => `${JSON.stringify(runId)} is not in ${inputs.ledger}: batchledger list shows the runs`), ...ledger.problems]);
	const all = inputs.runIds.length === 0;
	const readDataset = datasetReader(ledger);
	const runs = [];
	for (const { meta } of ledger.runs) {
		if (!all && !inputs.runIds.includes(meta.run_id)) continue;
		const problems = await verifyRun({
			ledger,
			readDataset,
			onRead
		}, meta);
		runs.push({
			run_id: meta.run_id,
			ok: problems.length === 0,
			problems
		});
	}
	const problems = all ? [
		...ledger.problems,
		...await verifyDatasets(ledger, readDataset),
		...await verifyIndex(ledger)
	] : [];
	return {
		ok: problems.length === 0 && runs.every((run) => run.ok),
		runs,
		problems
	};
}
async function verifyRun(verifying, meta) {
	const { ledger } = verifying;
	const problems = checkMeta(meta, ledger.catalog);
	for (const part of ["results", "log"]) {
		const path = meta.files[part];
		try {
			await refusePointer(ledger.folder, path);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			problems.push(...error.problems);
			continue;
		}
		const rows = part === "results" ? await verifyRows(verifying, meta) : void 0;
		const found = rows?.digest ?? await digestFile(join(ledger.folder, path));
		if (found.sha256 !== meta.files.sha256[part]) problems.push(`${path}: sha256 is ${found.sha256.slice(0, 12)}…, the meta has ${meta.files.sha256[part].slice(0, 12)}…: a run is write-once; restore the file with git checkout`);
		if (found.bytes !== meta.files.bytes[part]) problems.push(`${path}: holds ${found.bytes} bytes, the meta has ${meta.files.bytes[part]}`);
		problems.push(...rows?.problems ?? []);
	}
	return problems;
}
async function verifyRows({ ledger, readDataset, onRead }, meta) {
	const rubric = meta.dataset.rubric === void 0 ? void 0 : ledger.catalog.rubrics.get(meta.dataset.rubric);
	const read = await readRunColumns(ledger.folder, meta, rubric ?? {
		fields: {},
		accept: "json"
	});
	onRead(meta, read);
	const personal = isPersonal(meta, ledger.catalog);
	const problems = [...read.problems];
	const metaPath = metaPathOf(meta);
	for (const figure of /* @__PURE__ */ new Set([...Object.keys(read.results), ...Object.keys(meta.results)])) {
		const found = read.results[figure];
		const claimed = meta.results[figure];
		if (!isDeepStrictEqual(claimed, found)) problems.push(`${metaPath}: results.${figure} is ${show$1(claimed, personal)}, the rows give ${show$1(found, personal)}: the meta or the rows were edited`);
	}
	problems.push(...verifyUsage(meta, metaPath, read.columns));
	problems.push(...await verifyIds(ledger, meta, read.columns.customIds, readDataset));
	return {
		problems,
		digest: read.digest
	};
}
function verifyUsage({ execution }, metaPath, columns) {
	const usages = execution.segments.map(({ usage }) => usage);
	return ["prompt", "completion"].flatMap((kind) => {
		const said = usages.map((usage) => usage?.[`${kind}_tokens`]);
		if (said.length === 0 || said.includes(void 0)) return [];
		const claimed = said.reduce((sum, tokens) => sum + (tokens ?? 0), 0);
		const found = columns[`${kind}Tokens`].reduce((sum, tokens) => sum + tokens, 0);
		if (claimed === found) return [];
		return [`${metaPath}: execution.segments have ${claimed} ${kind} tokens, the rows give ${found}: the meta or the rows were edited`];
	});
}
async function verifyIds(ledger, meta, customIds, readDataset) {
	const entry = ledger.catalog.datasets.get(stemOf(meta.dataset.name));
	if (!entry || entry.sha256 !== meta.dataset.sha256 || entry.location === "runner") return [];
	const { positions, problems: unreadable } = await readDataset(stemOf(meta.dataset.name), entry);
	if (unreadable.length > 0) return [];
	const problems = [];
	let last = -1;
	for (const [index, customId] of customIds.entries()) {
		const position = positions.get(customId);
		if (position === void 0) problems.push(`${meta.files.results}:${index + 1}: its custom_id is not in ${meta.dataset.name}`);
		else if (position <= last) problems.push(`${meta.files.results}:${index + 1}: stands out of the dataset’s order`);
		else last = position;
	}
	return problems;
}
function datasetReader(ledger) {
	const known = /* @__PURE__ */ new Map();
	const read = async (id, dataset) => {
		const positions = /* @__PURE__ */ new Map();
		const onItem = ({ customId }) => void positions.set(customId, positions.size);
		return {
			positions,
			problems: await checkDataset(ledger.folder, id, dataset, onItem)
		};
	};
	return (id, dataset) => {
		const reading = known.get(id) ?? read(id, dataset);
		known.set(id, reading);
		return reading;
	};
}
async function verifyDatasets(ledger, readDataset) {
	const problems = [];
	for (const [id, dataset] of ledger.catalog.datasets) {
		if (dataset.location === "runner") continue;
		const read = await readDataset(id, dataset);
		problems.push(...read.problems);
		const rubric = dataset.rubric === void 0 ? void 0 : ledger.catalog.rubrics.get(dataset.rubric);
		problems.push(...(await readLabels(ledger.folder, dataset, rubric, read.positions)).problems);
	}
	return problems;
}
async function verifyIndex(ledger) {
	const text = await readOptional(join(ledger.folder, indexPath));
	if (text === formatJson(buildIndex(ledger.runs, ledger.catalog))) return [];
	return [`${indexPath}: ${text === void 0 ? "no such file" : "does not say what the runs’ metas say"}: write it with batchledger register`];
}
function show$1(value, personal) {
	const text = JSON.stringify(value) ?? "absent";
	if (personal && typeof value === "object") return "withheld (personal)";
	return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

// actions/verify-results/check-rows.ts
async function checkRows(main, catalog, run, before, deps) {
	return inScratch(deps.scratch, async (folder) => {
		await layOutCatalog(main, folder);
		try {
			await layOutRun(main, run, run.metaOid, folder, deps.placeObject);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			return {
				faults: [...error.problems],
				before: { reason: "the run’s own rows are not to be had" }
			};
		}
		const rubric = catalog.rubrics.get(run.meta.dataset.rubric ?? "");
		const dataset = catalog.datasets.get(stemOf(run.meta.dataset.name));
		const idsUnchecked = dataset ? await layOutDataset(main, dataset, folder, deps.placeObject) : "main’s catalog does not have the dataset";
		let columns;
		return {
			faults: (await verifyResults({
				ledger: folder,
				runIds: [run.meta.run_id]
			}, (_meta, read) => {
				columns = read.columns;
			})).runs.flatMap(({ problems }) => problems),
			...columns ? { columns } : {},
			before: "run" in before ? await readBefore(before.run, rubric, folder, deps.placeObject) : before,
			...idsUnchecked === void 0 ? {} : { idsUnchecked }
		};
	});
}
async function readBefore(meta, rubric, folder, placeObject) {
	if (!rubric) return { reason: "main does not have the run’s rubric" };
	try {
		await layOutRows(meta, folder, placeObject);
		return { columns: (await readRunColumns(folder, meta, rubric)).columns };
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return { reason: `the rows of ${meta.run_id} are not to be had: ${error.problems.join("; ")}` };
	}
}

// actions/verify-results/count-verdicts.ts
function countVerdicts(columns, rubric) {
	const counts = verdictStatuses.map((status, code) => ({
		status,
		count: countOf(columns.statuses, code)
	}));
	const [name, field] = Object.entries(rubric?.fields ?? {}).find(([, { primary }]) => primary === true) ?? [];
	return {
		statuses: counts.filter(({ count }) => count > 0).reverse(),
		...name !== void 0 && field ? { primary: countField(columns, name, field) } : {}
	};
}
function countField(columns, name, field) {
	const column = columns.fields[name];
	if (!column) throw new Error(`the columns don't have the field ${name}`);
	const places = [...column.statuses.keys()].filter((place) => isUsable(verdictStatuses[column.statuses[place] ?? 0] ?? "request_error"));
	const counted = {
		name,
		usable: places.length
	};
	if (field.type === "number") {
		const numbers = places.map((place) => column.numbers?.[place] ?? NaN).sort((a, b) => a - b);
		const [lowest, highest] = [numbers[0], numbers.at(-1)];
		return lowest === void 0 || highest === void 0 ? {
			...counted,
			values: []
		} : {
			...counted,
			values: [],
			range: {
				lowest,
				median: medianOf(numbers),
				highest
			}
		};
	}
	const codes = places.map((place) => column.codes[place] ?? -1);
	return {
		...counted,
		values: scaleOf(field).map((value, code) => ({
			value,
			count: countOf(codes, code)
		}))
	};
}
function countOf(codes, wanted) {
	let count = 0;
	for (const code of codes) if (code === wanted) count++;
	return count;
}
function medianOf(sorted) {
	const middle = sorted.length >> 1;
	const [below = NaN, above = NaN] = [sorted[middle - 1], sorted[middle]];
	return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

// actions/verify-results/find-comparable.ts
function findComparable(meta, runs) {
	const ofModel = runs.map((run) => run.meta).filter((run) => run.model.slug === meta.model.slug && run.run_id !== meta.run_id && run.status !== "failed");
	const overDataset = ofModel.filter(({ dataset }) => dataset.sha256 === meta.dataset.sha256);
	const same = overDataset.filter(({ dataset }) => dataset.prompt_sha256 !== void 0 && dataset.prompt_sha256 === meta.dataset.prompt_sha256);
	const [last] = same;
	if (!last) {
		const reason = whyNone(meta, ofModel, overDataset);
		return {
			verdicts: { reason },
			speed: { reason }
		};
	}
	const asFast = same.find((run) => run.execution.req_per_sec !== void 0 && speedDifferences(meta, run).length === 0);
	return {
		verdicts: {
			run: last,
			warnings: samplingDifferences(meta, last)
		},
		speed: asFast ? { run: asFast } : { reason: `${last.run_id} differs in ${speedDifferences(meta, last).join("; ") || "that it has no speed"}` }
	};
}
function whyNone(meta, ofModel, overDataset) {
	if (ofModel.length === 0) return `main has no earlier run of ${meta.model.slug} that was answered`;
	const [last] = overDataset;
	if (!last) return `main has no earlier run of ${meta.model.slug} over the same bytes of ${meta.dataset.name}`;
	if (meta.dataset.prompt_sha256 === void 0) return "this run does not say which prompt it used";
	return `${last.run_id}, the last one over this dataset, was asked with another prompt`;
}
function speedDifferences(here, there) {
	return [
		["weights", ({ model }) => [
			model.revision ?? "",
			model.weights_sha256 ?? "",
			model.quantization ?? ""
		]],
		[
			"hardware",
			({ execution: { host } }) => host && [
				host.platform,
				host.cpu ?? "",
				host.cpus ?? "",
				host.memory_gb ?? ""
			],
			"must be known"
		],
		["engine", ({ execution: { engine } }) => engine.name],
		[
			"engine version",
			({ execution: { engine } }) => engine.version,
			"must be known"
		],
		["engine arguments", ({ execution: { engine } }) => engine.args],
		[
			"order",
			({ execution }) => execution.order,
			"must be known"
		],
		[
			"concurrency",
			({ execution }) => execution.concurrency,
			"must be known"
		]
	].flatMap(([name, read, known]) => {
		const [a, b] = [read(there), read(here)];
		if (known !== void 0 && (a === void 0 || b === void 0)) return [`${name}: not known`];
		return isDeepStrictEqual(a, b) ? [] : [`${name}: ${show(a)} → ${show(b)}`];
	});
}
function samplingDifferences(here, there) {
	const a = {
		...there.execution.sampling,
		weights: weightsOf(there)
	};
	const b = {
		...here.execution.sampling,
		weights: weightsOf(here)
	};
	return [.../* @__PURE__ */ new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !isDeepStrictEqual(a[name], b[name])).map((name) => `${name}: ${show(a[name])} → ${show(b[name])}`);
}
function weightsOf({ model }) {
	return model.weights_sha256?.slice(0, 12) ?? model.revision?.slice(0, 12);
}
function show(value) {
	if (Array.isArray(value)) return value.filter((part) => part !== "").join(" ") || "not known";
	return typeof value === "string" ? value : JSON.stringify(value) ?? "not set";
}

// actions/verify-results/verify-change.ts
async function verifyChange(inputs, deps) {
	const change = await readChange(inputs);
	const found = checkChange(change, {
		mostRuns: inputs.mostRuns ?? 1,
		lfsUrl: inputs.lfsUrl
	});
	const faults = [...found.faults];
	const checked = found.kind === "run" ? [
		"paths",
		"write-once",
		"metas",
		"pointers",
		"catalog",
		"policy"
	] : ["paths"];
	const unchecked = [];
	if (found.kind === "index") checked.push("the index against all metas");
	if (found.runs.length > 0) {
		const asked = await tryToAsk(inputs, found.runs, deps);
		if ("reason" in asked) unchecked.push(`objects on the LFS server (${asked.reason})`);
		else {
			faults.push(...asked.faults);
			checked.push("objects on the LFS server");
		}
	}
	const runs = [];
	for (const run of found.runs) {
		const comparable = findComparable(run.meta, change.main.runs);
		const rows = inputs.mode === "full" ? await readRows(inputs, change, run, comparable, deps) : void 0;
		faults.push(...rows?.faults ?? []);
		const own = inputs.mode === "full" ? await deps.readOwnMeta?.({
			runId: run.meta.run_id,
			metaPath: run.metaPath
		}) : void 0;
		if (own !== void 0) {
			checked.push("the meta against the one in the spool");
			if (own !== change.texts.get(run.metaPath)) faults.push(`${run.metaPath}: differs from the meta that the run left in the spool: it was edited after the run; publish the bundle again on a branch of its own`);
		} else if (inputs.mode === "full") unchecked.push("times, hardware and engine: the run’s own meta is not in the spool here");
		if (rows?.columns) checked.push("every figure recounted from the rows");
		else unchecked.push(rows ? "the rows (see the faults)" : "the rows (the full check reads them)");
		if (rows?.columns) {
			if (rows.idsUnchecked === void 0) checked.push("ids and their order against the dataset");
			else unchecked.push(`ids against the dataset: ${rows.idsUnchecked}`);
		}
		runs.push(describeRun(change, run, comparable, rows));
	}
	const distinct = [...new Set(faults)];
	const verification = {
		ok: distinct.length === 0 && runs.every(({ gates }) => gates.every(({ ok }) => ok !== false)),
		kind: found.kind,
		mode: inputs.mode,
		base: change.base,
		head: change.head,
		faults: distinct,
		runs,
		store: found.store,
		checked: [...new Set(checked)],
		unchecked: [...new Set(unchecked)]
	};
	return {
		...verification,
		comment: renderComment(verification),
		description: describe(verification)
	};
}
async function tryToAsk({ mode }, runs, { askObjects }) {
	if (!askObjects) return { reason: "it was not asked" };
	try {
		return { faults: await askForObjects(runs, askObjects) };
	} catch (error) {
		if (mode === "full" || !(error instanceof LfsServerError)) throw error;
		return { reason: error.problems.join("; ") };
	}
}
async function askForObjects(runs, ask) {
	const named = runs.flatMap(({ meta, objects }) => ["results", "log"].flatMap((part) => {
		const object = objects[part];
		return object ? [{
			path: meta.files[part],
			...object
		}] : [];
	}));
	if (named.length === 0) return [];
	const { present, missing } = await ask(named.map(({ oid, size }) => ({
		oid,
		size
	})));
	return named.filter(({ oid }) => !present.has(oid)).map(({ path, oid }) => `${path}: the LFS server does not hold sha256 ${oid.slice(0, 12)}… (${missing.get(oid) ?? "it did not say why"}): publish the bundle again; it is kept in the spool`);
}
function readRows({ repository }, change, run, { verdicts }, { placeObject, scratch }) {
	if (!placeObject) throw new UserError("a full check needs the rows", ["no source of objects was given"]);
	const metaOid = change.headEntries.get(run.metaPath)?.oid ?? "";
	const before = verdicts.run ? { run: verdicts.run } : { reason: verdicts.reason };
	const main = {
		repository,
		commit: change.base,
		prefix: change.prefix
	};
	return checkRows(main, change.main.catalog, {
		...run,
		metaOid
	}, before, {
		placeObject,
		scratch
	});
}
function describeRun({ main: { catalog } }, { meta }, comparable, found) {
	const rubric = catalog.rubrics.get(meta.dataset.rubric ?? "");
	const rows = found?.columns ? countAll(found.columns, rubric) : void 0;
	const rowFree = { reason: found ? "the rows can’t be read" : "needs the rows: the full check judges it" };
	const before = found?.before ?? rowFree;
	const agreement = !found?.columns ? rowFree : "columns" in before ? agree(found.columns, before.columns, rubric) : before;
	const parseRate = rows === void 0 ? rowFree : rubric === void 0 ? { reason: "the run names no rubric" } : rows.parseRate === void 0 ? { reason: "no row was answered well" } : { value: rows.parseRate };
	return {
		meta,
		personal: isPersonal(meta, catalog),
		comparable,
		gates: judgeRun(catalog.policy.gates, {
			meta,
			comparable,
			parseRate,
			agreement
		}),
		...rows ? { rows } : {},
		before: "columns" in before ? {
			...countAll(before.columns, rubric),
			agreement
		} : before
	};
}
function countAll(columns, rubric) {
	const parseRate = rubric ? parseRateOf(columns) : void 0;
	return {
		...countVerdicts(columns, rubric),
		...parseRate === void 0 ? {} : { parseRate }
	};
}
function agree(here, there, rubric) {
	const [name, field] = Object.entries(rubric?.fields ?? {}).find(([, { primary }]) => primary === true) ?? [];
	return name === void 0 || !field ? { reason: "the run names no rubric" } : rawAgreement(here, there, name, field);
}
const mostDescription = 140;
const checkNames = {
	full: "full check",
	"row-free": "row-free check"
};
function describe({ mode, kind, faults, runs }) {
	const red = runs.flatMap(({ gates }) => gates.filter(({ ok }) => ok === false).map(({ reason }) => reason));
	const reasons = [...faults, ...red];
	const [run] = runs;
	const said = kind === "none" && reasons.length === 0 ? "no run in this change" : reasons.length > 0 ? `does not hold, ${reasons.length} ${reasons.length === 1 ? "reason" : "reasons"}: ${reasons[0]}` : run ? `holds: ${run.meta.results.success} of ${run.meta.results.total} rows answered well` : "holds: the index says what the metas say";
	const line = `${checkNames[mode]}: ${said}`.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ");
	return line.length > mostDescription ? `${line.slice(0, 139).replace(/[\uD800-\uDBFF]$/, "")}…` : line;
}

// actions/verify-results/report-verification.ts
const statusContext = "batchledger/verify";
const stillToCome = "row-free check: holds; its rows are still to be read: dispatch verify-results with its number";
async function reportVerification(outcome, number, forge) {
	if (outcome.mode === "row-free" && outcome.ok) {
		const found = await forge.readStatus(outcome.head, statusContext);
		if (found?.description.startsWith(`${checkNames.full}: `) === true) return {
			state: found.state === "success" ? "success" : "failure",
			kept: found.description
		};
	}
	const unread = outcome.mode === "row-free" && outcome.kind === "run" && number !== void 0;
	const state = outcome.ok ? unread ? "pending" : "success" : "failure";
	let commented = {};
	let taken = false;
	try {
		commented = await comment(outcome, number, forge);
	} finally {
		taken = await forge.setStatus(outcome.head, {
			state,
			context: statusContext,
			description: state === "pending" ? stillToCome : outcome.description,
			...commented.commentUrl === void 0 ? {} : { targetUrl: commented.commentUrl }
		});
	}
	return {
		state,
		...commented,
		...taken ? {} : { statusRefused: true }
	};
}
async function comment(outcome, number, forge) {
	if (number === void 0) return { uncommented: "there is no pull request" };
	if (outcome.kind === "none" && outcome.ok) return { uncommented: "the change holds no run" };
	const { headSha } = await forge.getPull(number);
	if (headSha !== outcome.head) return { uncommented: `the head moved to ${headSha.slice(0, 12)}, ${outcome.head.slice(0, 12)} was checked` };
	const { url } = await forge.upsertComment(number, commentMarker, outcome.comment);
	return { commentUrl: url };
}

// actions/verify-results/verify-results-step.ts
const remote = "origin";
const verifyResultsStep = async (context) => {
	const repository = context.input("ledger") ?? process.cwd();
	const mode = readMode(context.input("mode"));
	const forge = await openForge(forgeOptions(context));
	const auth = { token: context.token() };
	const env = configEnv(authSettings(await remoteUrl(repository, remote), auth));
	const main = await fetchBase(repository, remote, "main", env);
	const { head, base = main, number } = await findHead(context, forge, repository, env);
	const spool = defaultSpool(context.env);
	const store = context.env["BATCHLEDGER_LFS_STORE"] ?? join(cacheFolder(context.env), "objects");
	const { lfsUrl, askObjects, placeObject } = await openRemoteObjects(repository, {
		remote,
		base: main,
		store,
		auth
	});
	const outcome = await verifyChange({
		repository,
		base,
		head,
		mode,
		lfsUrl,
		...number === void 0 ? { mostRuns: 1e3 } : {}
	}, {
		...askObjects ? { askObjects } : {},
		placeObject: firstOf(spoolObjects(spool), placeObject),
		readOwnMeta: spoolMetas(spool)
	});
	const report = await reportVerification(outcome, number, forge);
	return {
		outputs: { ok: String(outcome.ok) },
		summary: `${outcome.comment}\n${tellReport(report)}`,
		warnings: report.statusRefused ? ["the forge takes no status from this token: this job’s own result stands for it (Gitea asks for contents: write)"] : [],
		faults: outcome.ok ? [] : [outcome.description]
	};
};
function readMode(text = "row-free") {
	if (text === "row-free" || text === "full") return text;
	throw new UserError("nothing was verified", [`mode: is ${JSON.stringify(text.slice(0, 60))}, expected row-free or full`]);
}
async function findHead({ input }, forge, repository, env) {
	const [asked, named, parent] = [
		input("number"),
		input("head"),
		input("base")
	];
	if (asked === void 0 && named !== void 0 && isCommit(named) && (parent === void 0 || isCommit(parent))) {
		await fetchCommit(repository, named, env);
		return {
			head: named,
			...parent === void 0 ? {} : { base: parent }
		};
	}
	if (asked === void 0 || !/^[1-9]\d{0,9}$/.test(asked)) throw new UserError("nothing was verified", [`number: is ${JSON.stringify((asked ?? "").slice(0, 60))}, expected a pull request's number (or head, and base: 40 hex digits)`]);
	const number = Number(asked);
	const { headSha } = await forge.getPull(number);
	await fetchCommit(repository, `refs/pull/${number}/head`, env);
	const fetched = (await git(repository, ["rev-parse", "FETCH_HEAD"])).trim();
	if (fetched !== headSha) throw new UserError("nothing was verified", [`pull request ${number}: its head moved while it was looked at: the check of the new head says what holds`]);
	return {
		head: fetched,
		number
	};
}
function isCommit(text) {
	return /^[0-9a-f]{40}$/.test(text);
}
async function fetchCommit(repository, ref, env) {
	const shallow = (await git(repository, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
	try {
		await git(repository, [
			"fetch",
			"--quiet",
			"--no-tags",
			...shallow ? ["--unshallow"] : [],
			remote,
			ref
		], { env });
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError("nothing was verified", [`${ref}: can't be fetched: ${error.stderr}`]);
	}
}
function tellReport({ commentUrl, uncommented, kept }) {
	if (kept !== void 0) return `The status stays as the full check left it: ${escapeMarkdown(kept)}\n`;
	return commentUrl === void 0 ? `No comment: ${uncommented}.\n` : `[The comment](${commentUrl})\n`;
}

// actions/verify-results/main.ts
await runStep(core_exports, verifyResultsStep);

export {  };