import { S as sha256, b as canonicalJson, c as readLines, l as isLink, m as catalogFolders, x as digestFile } from "./shared-spool.js";
import { i as describeJsonError, s as readPointer } from "./shared-compare-text.js";
import { open } from "node:fs/promises";
import { isAbsolute, join } from "node:path";

// registry/src/privacy/escape-markdown.ts
function escapeMarkdown(text) {
	return text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, " ").trim().replaceAll(/[@#]|!(?=\d)|:(?=[\w+/-])|www(?=\.)|GH-(?=\d)/giu, "$&​").replaceAll(/[&<>\\`*[\](){}|~$^]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, toEntity).replace(/^[-+=#]|(?<=^\d+)\.(?= |$)/, toEntity).replaceAll("​", toEntity);
}
function toEntity(character) {
	return `&#${character.codePointAt(0)};`;
}

// registry/src/ledger/digest-rubric.ts
function promptSha256(rubric) {
	return sha256(canonicalJson({
		prompt: rubric.prompt,
		criteria: Object.entries(rubric.criteria),
		response_schema: rubric.response_schema === void 0 ? null : JSON.stringify(rubric.response_schema)
	}));
}
function extractionSha256(rubric) {
	return sha256(canonicalJson({
		fields: rubric.fields,
		accept: rubric.accept
	}));
}
const readyMadePromptSha256 = promptSha256({
	prompt: { user: "" },
	criteria: {}
});

// registry/src/ledger/is-pointer.ts
async function isPointer(path) {
	const start = Buffer.alloc(64);
	try {
		const file = await open(path);
		try {
			await file.read(start, 0, 64, 0);
		} finally {
			await file.close();
		}
	} catch (error) {
		if (error.code === "ENOENT") return false;
		throw error;
	}
	return start.toString("latin1").startsWith("version https://git-lfs");
}

// registry/src/ledger/read-items.ts
function datasetPath(ledger, dataset) {
	return isAbsolute(dataset.file) ? dataset.file : join(ledger, dataset.file);
}
async function* scanItems(ledger, dataset) {
	const seen = /* @__PURE__ */ new Map();
	const idPointer = dataset.format === "records" ? dataset.custom_id ?? "/custom_id" : "/custom_id";
	for await (const { text, offset, length, number } of readLines(datasetPath(ledger, dataset))) {
		const where = `${dataset.file}:${number}`;
		let record;
		try {
			record = JSON.parse(text);
		} catch (error) {
			yield { problem: `${where}: ${describeJsonError(error)}` };
			continue;
		}
		if (typeof record !== "object" || record === null || Array.isArray(record)) {
			yield { problem: `${where}: not an object, each line is one` };
			continue;
		}
		const id = readPointer(record, idPointer);
		if (typeof id !== "string" && typeof id !== "number" || id === "") {
			yield { problem: `${where}: ${idPointer} is missing or neither text nor a number: give each row its id` };
			continue;
		}
		const customId = String(id);
		const earlier = seen.get(customId);
		if (earlier !== void 0) {
			yield { problem: `${where}: the custom_id stands in line ${earlier} too: ids are unique within a dataset` };
			continue;
		}
		seen.set(customId, number);
		yield {
			customId,
			record,
			offset,
			length,
			number
		};
	}
}
async function checkDataset(ledger, id, dataset, onItem) {
	const entry = `${catalogFolders.datasets}/${id}.yaml`;
	if (dataset.location !== "runner" && await isLink(datasetPath(ledger, dataset))) return [`${dataset.file}: is a link, and a ledger holds files: put the file itself there`];
	if (await isPointer(datasetPath(ledger, dataset))) return [`${dataset.file}: a Git LFS pointer, expected the rows: fetch them with git lfs pull --include "${dataset.file}"`];
	let digest;
	try {
		digest = (await digestFile(datasetPath(ledger, dataset))).sha256;
	} catch (error) {
		const reason = error.code === "ENOENT" ? "no such file" : error.message;
		return [`${entry}: file is ${dataset.file}: ${reason}: put the file there or mend the entry`];
	}
	const problems = [];
	let count = 0;
	for await (const item of scanItems(ledger, dataset)) if (item.problem !== void 0) problems.push(item.problem);
	else {
		count++;
		onItem(item);
	}
	const wholeFile = problems.length === 0;
	if (digest !== dataset.sha256) problems.push(`${entry}: sha256 is ${dataset.sha256.slice(0, 12)}…, the file has ${digest.slice(0, 12)}…: datasets don’t change: restore the file, or give the new data a new name`);
	if (wholeFile && count !== dataset.count) problems.push(`${entry}: count is ${dataset.count}, the file has ${count} rows: mend the entry`);
	if (wholeFile && count === 0) problems.push(`${dataset.file}: holds no rows, a run needs one`);
	return problems;
}

export { promptSha256 as a, extractionSha256 as i, datasetPath as n, readyMadePromptSha256 as o, isPointer as r, escapeMarkdown as s, checkDataset as t };