import { _ as union, a as array, d as never, f as number, g as string, h as strictObject, i as _null, l as literal$1, m as record, p as object, s as discriminatedUnion, v as unknown } from "./shared-schemas.js";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

// actions/engines/chat-request.ts
var RequestError = class extends Error {
	name = "RequestError";
	status;
	param;
	constructor(status, message, param = null) {
		super(message);
		this.status = status;
		this.param = param;
	}
	get body() {
		const type = this.status === 404 ? "NotFoundError" : this.status < 500 ? "BadRequestError" : "InternalServerError";
		return { error: {
			message: this.message,
			type,
			param: this.param,
			code: this.status
		} };
	}
};
const textSchema = union([string(), array(object({
	type: literal$1("text"),
	text: string()
}), "only text parts are supported").transform((parts) => parts.map((part) => part.text).join(""))]);
const responseFormatSchema = discriminatedUnion("type", [
	object({ type: literal$1("text") }),
	object({ type: literal$1("json_object") }),
	object({
		type: literal$1("json_schema"),
		json_schema: object({ schema: record(string(), unknown()) })
	})
]);
const countSchema = number().int().min(1);
const neutral = literal$1([0, null]).optional();
const requestSchema = strictObject({
	model: string(),
	messages: array(object({
		role: string(),
		content: union([textSchema, _null().transform(() => "")])
	})).min(1),
	max_tokens: countSchema.nullish(),
	max_completion_tokens: countSchema.nullish(),
	temperature: number().min(0).max(2).nullish(),
	top_p: number().gt(0).max(1).nullish(),
	top_k: number().int().min(-1).nullish(),
	min_p: number().min(0).max(1).nullish(),
	seed: number().int().nullish(),
	stop: union([string(), array(string()).max(16)]).nullish(),
	response_format: responseFormatSchema.nullish(),
	chat_template_kwargs: record(string(), unknown()).nullish(),
	n: literal$1([1, null], "only n = 1 is supported").optional(),
	stream: literal$1([false, null], "streaming is not supported").optional(),
	logprobs: literal$1([false, null], "logprobs are not supported").optional(),
	tools: union([array(never()), _null()], "tools are not supported").optional(),
	tool_choice: literal$1([
		"none",
		"auto",
		null
	]).optional(),
	frequency_penalty: neutral,
	presence_penalty: neutral,
	repetition_penalty: literal$1([1, null]).optional(),
	top_logprobs: neutral,
	logit_bias: union([strictObject({}), _null()]).optional(),
	user: unknown().optional(),
	metadata: unknown().optional(),
	store: unknown().optional(),
	service_tier: unknown().optional(),
	request_id: unknown().optional()
});
function parseChatRequest(body, servedModel) {
	const parsed = requestSchema.safeParse(parseJson(body));
	if (!parsed.success) throw faultOf(parsed.error);
	const request = parsed.data;
	if (request.model !== servedModel) throw new RequestError(404, `The model \`${request.model}\` does not exist; \`${servedModel}\` is served.`, "model");
	return {
		messages: request.messages,
		maxTokens: request.max_completion_tokens ?? request.max_tokens ?? void 0,
		sampling: {
			temperature: request.temperature ?? 1,
			topP: request.top_p ?? 1,
			topK: Math.max(0, request.top_k ?? 0),
			minP: request.min_p ?? 0,
			seed: (request.seed ?? Math.floor(Math.random() * 2 ** 32)) >>> 0
		},
		stop: [request.stop ?? []].flat().filter((text) => text !== ""),
		format: formatOf(request.response_format),
		templateArguments: request.chat_template_kwargs ?? {}
	};
}
function formatOf(format) {
	if (format?.type === "json_object") return "json_object";
	if (format?.type === "json_schema") return { schema: format.json_schema.schema };
}
function parseJson(body) {
	try {
		return JSON.parse(body);
	} catch (error) {
		throw new RequestError(400, `The request body is not JSON: ${error.message}`);
	}
}
function faultOf(error) {
	const issue = error.issues[0];
	if (issue?.code === "unrecognized_keys") {
		const [key] = issue.keys;
		return new RequestError(400, `\`${key}\` is not supported by this engine.`, key ?? null);
	}
	const path = issue?.path.join(".") ?? "";
	return new RequestError(400, `${path || "body"}: ${issue?.message ?? "invalid"}`, path || null);
}

// actions/engines/json-schema-grammar.ts
var SchemaError = class extends Error {
	name = "SchemaError";
};
const annotations = new Set("$schema $id $comment $defs definitions title description default examples format deprecated readOnly writeOnly".split(" "));
const known = {
	string: ["minLength", "maxLength"],
	integer: [
		"minimum",
		"maximum",
		"exclusiveMinimum",
		"exclusiveMaximum"
	],
	number: [
		"minimum",
		"maximum",
		"exclusiveMinimum",
		"exclusiveMaximum"
	],
	object: [
		"properties",
		"required",
		"additionalProperties"
	],
	array: [
		"items",
		"prefixItems",
		"minItems",
		"maxItems"
	],
	boolean: [],
	null: []
};
const maxRepetitions = 2e3;
const maxEnumeratedRange = 1e3;
const colon = "\": \"";
const comma = "\", \"";
const baseRules = {
	char: String.raw`[^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})`,
	string: String.raw`"\"" char* "\""`,
	integer: "\"-\"? (\"0\" | [1-9] [0-9]{0,15})",
	number: "integer (\".\" [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?",
	boolean: "\"true\" | \"false\"",
	null: "\"null\"",
	value: "object | array | string | number | boolean | null",
	object: `"{" (string ${colon} value (${comma} string ${colon} value)*)? "}"`,
	array: `"[" (value (${comma} value)*)? "]"`
};
function jsonObjectGrammar() {
	return printGrammar("object", new Map(Object.entries(baseRules)));
}
function jsonSchemaGrammar(schema) {
	const rules = new Map(Object.entries(baseRules));
	return printGrammar(new GrammarWriter(schema, rules).ruleFor(schema, "#"), rules);
}
function printGrammar(root, rules) {
	return [`root ::= ${root}`, ...[...rules].map(([name, body]) => `${name} ::= ${body}`)].join("\n");
}
var GrammarWriter = class {
	#document;
	#rules;
	#references = /* @__PURE__ */ new Map();
	constructor(document, rules) {
		this.#document = document;
		this.#rules = rules;
	}
	ruleFor(schema, at) {
		if (schema === true) return "value";
		if (typeof schema !== "object" || schema === null || Array.isArray(schema)) throw new SchemaError(`${at}: expected a schema object, found ${JSON.stringify(schema) ?? "nothing"}`);
		return this.#ruleForObject(schema, at);
	}
	#ruleForObject(schema, at) {
		if ("$ref" in schema) return this.#only(schema, ["$ref"], at, () => this.#reference(schema["$ref"], at));
		if ("const" in schema) return this.#only(schema, ["const", "type"], at, () => literal(schema["const"]));
		if ("enum" in schema) return this.#only(schema, ["enum", "type"], at, () => this.#add(list(schema["enum"], `${at}/enum`).map(literal).join(" | ")));
		for (const key of [
			"anyOf",
			"oneOf",
			"allOf"
		]) {
			if (!(key in schema)) continue;
			const options = list(schema[key], `${at}/${key}`);
			if (key === "allOf" && options.length > 1) throw new SchemaError(`${at}/allOf: more than one part is not supported by the embedded engine`);
			return this.#only(schema, [key, "type"], at, () => this.#add(options.map((option, index) => this.ruleFor(option, `${at}/${key}/${index}`)).join(" | ")));
		}
		const types = typesOf(schema, at);
		if (types === void 0) return this.#only(schema, [], at, () => "value");
		for (const type of types) if (!(type in known)) throw new SchemaError(`${at}/type: unknown type ${JSON.stringify(type)}`);
		return this.#only(schema, ["type", ...types.flatMap((type) => known[type] ?? [])], at, () => {
			const bodies = types.map((type) => this.#typed(type, schema, at));
			return bodies.length === 1 ? bodies[0] ?? "" : this.#add(bodies.join(" | "));
		});
	}
	#typed(type, schema, at) {
		if (type === "object") return this.#object(schema, at);
		if (type === "array") return this.#array(schema, at);
		if (type === "string") return this.#string(schema, at);
		if (type === "integer" || type === "number") return this.#number(type, schema, at);
		return type;
	}
	#string(schema, at) {
		const bounds = repetitions(schema, "minLength", "maxLength", at);
		return bounds === void 0 ? "string" : this.#add(String.raw`"\"" char${bounds} "\""`);
	}
	#number(type, schema, at) {
		const bound = (key) => {
			const value = schema[key];
			if (value === void 0) return void 0;
			if (typeof value !== "number" || !Number.isInteger(value)) throw new SchemaError(`${at}/${key}: only whole bounds are supported by the embedded engine`);
			return value;
		};
		const above = bound("exclusiveMinimum");
		const below = bound("exclusiveMaximum");
		let low = bound("minimum");
		let high = bound("maximum");
		if (low === void 0 && high === void 0 && above === void 0 && below === void 0) return type;
		if (type === "integer") {
			low ??= above === void 0 ? void 0 : above + 1;
			high ??= below === void 0 ? void 0 : below - 1;
		}
		if (low === void 0 || type === "number" && (above !== void 0 || low < 0)) throw new SchemaError(`${at}: ${type} needs a minimum the embedded engine can keep (0 or above for number)`);
		if (high === void 0 && below === void 0) {
			if (low > 1 || low < 0) throw new SchemaError(`${at}/minimum: without a maximum only 0 and 1 are supported`);
			const whole = low === 0 ? "(\"0\" | [1-9] [0-9]{0,15})" : "([1-9] [0-9]{0,15})";
			return this.#add(type === "integer" ? whole : `${whole} ("." [0-9]{1,16})?`);
		}
		const last = high ?? below ?? low;
		if (last < low || last - low > maxEnumeratedRange) throw new SchemaError(`${at}: a range from ${low} to ${last} is not supported, at most ${maxEnumeratedRange} wide`);
		const whole = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => `"${from + index}"`).join(" | ");
		if (type === "integer") return this.#add(whole(low, last));
		const inner = last > low ? `(${whole(low, last - 1)}) ("." [0-9]{1,16})?` : "";
		return this.#add([inner, high === void 0 ? "" : `"${last}" ("." "0"{1,16})?`].filter(Boolean).join(" | "));
	}
	#array(schema, at) {
		const prefix = list(schema["prefixItems"] ?? [], `${at}/prefixItems`);
		const min = count(schema, "minItems", at) ?? 0;
		const max = count(schema, "maxItems", at);
		if (prefix.length > 0) {
			if (schema["items"] !== false && max !== prefix.length) throw new SchemaError(`${at}/prefixItems: say items: false; a tuple of open length is not supported`);
			const parts = prefix.map((item, index) => this.ruleFor(item, `${at}/prefixItems/${index}`));
			return this.#add(`"[" ${parts.join(` ${comma} `)} "]"`);
		}
		const item = this.ruleFor(schema["items"] ?? true, `${at}/items`);
		if (max === 0) return this.#add("\"[]\"");
		const more = `(${comma} ${item})${range(Math.max(0, min - 1), max === void 0 ? void 0 : max - 1)}`;
		return this.#add(min === 0 ? `"[" (${item} ${more})? "]"` : `"[" ${item} ${more} "]"`);
	}
	#object(schema, at) {
		const properties = schema["properties"] ?? {};
		const names = Object.keys(properties);
		const required = new Set(list(schema["required"] ?? [], `${at}/required`));
		for (const name of required) if (typeof name !== "string" || !(name in properties)) throw new SchemaError(`${at}/required: ${JSON.stringify(name)} is not among the properties`);
		const extra = schema["additionalProperties"];
		if (names.length === 0 && (extra === void 0 || extra === true)) return "object";
		const pairs = names.map((name) => `${literal(name)} ${colon} ${this.ruleFor(properties[name], `${at}/properties/${name}`)}`);
		const open = extra === void 0 || extra === false ? void 0 : this.ruleFor(extra, `${at}/additionalProperties`);
		const openPair = open === void 0 ? void 0 : `string ${colon} ${open}`;
		const tails = /* @__PURE__ */ new Map();
		const tail = (index, started) => {
			const key = `${index} ${started}`;
			const made = tails.get(key);
			if (made !== void 0) return made;
			const name = names[index];
			let body;
			if (name === void 0) {
				if (openPair === void 0) return "";
				body = started ? `(${comma} ${openPair})*` : `(${openPair} (${comma} ${openPair})*)?`;
			} else {
				const here = `${started ? `${comma} ` : ""}${pairs[index]} ${tail(index + 1, true)}`;
				if (required.has(name)) return here;
				body = `${here} | ${tail(index + 1, started) || "\"\""}`;
			}
			const rule = this.#add(body);
			tails.set(key, rule);
			return rule;
		};
		return this.#add(`"{" ${tail(0, false)} "}"`);
	}
	#reference(reference, at) {
		if (typeof reference !== "string" || !reference.startsWith("#")) throw new SchemaError(`${at}/$ref: only references inside the schema are supported`);
		const made = this.#references.get(reference);
		if (made !== void 0) return made;
		const target = reference.split("/").slice(1).map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")).reduce((node, part) => node?.[part], this.#document);
		if (target === void 0) throw new SchemaError(`${at}/$ref: ${reference} points at nothing`);
		const name = `ref${this.#references.size}`;
		this.#references.set(reference, name);
		this.#rules.set(name, "");
		this.#rules.set(name, this.ruleFor(target, reference));
		return name;
	}
	#only(schema, keys, at, write) {
		for (const key of Object.keys(schema)) if (!keys.includes(key) && !annotations.has(key)) throw new SchemaError(`${at}/${key}: this keyword is not supported by the embedded engine`);
		return write();
	}
	#add(body) {
		for (const [name, existing] of this.#rules) if (existing === body) return name;
		const name = `r${this.#rules.size}`;
		this.#rules.set(name, body);
		return name;
	}
};
function typesOf(schema, at) {
	const type = schema["type"];
	if (typeof type === "string") return [type];
	if (Array.isArray(type) && type.length > 0 && type.every((one) => typeof one === "string")) return type;
	if (type !== void 0) throw new SchemaError(`${at}/type: expected a type name or a list of them`);
	if ("properties" in schema) return ["object"];
	if ("items" in schema || "prefixItems" in schema) return ["array"];
}
function list(value, at) {
	if (!Array.isArray(value)) throw new SchemaError(`${at}: expected a list`);
	return value;
}
function count(schema, key, at) {
	const value = schema[key];
	if (value === void 0) return void 0;
	if (typeof value !== "number" || !Number.isInteger(value) || value < 0) throw new SchemaError(`${at}/${key}: expected a whole number, 0 or above`);
	if (value > maxRepetitions) throw new SchemaError(`${at}/${key}: ${value} is not supported by the embedded engine, at most ${maxRepetitions}`);
	return value;
}
function repetitions(schema, minKey, maxKey, at) {
	const min = count(schema, minKey, at) ?? 0;
	const max = count(schema, maxKey, at);
	if (min === 0 && max === void 0) return void 0;
	if (max !== void 0 && max < min) throw new SchemaError(`${at}: ${maxKey} is below ${minKey}`);
	return range(min, max);
}
function range(min, max) {
	if (max === void 0 && min === 0) return "*";
	return `{${min},${max ?? ""}}`;
}
function literal(value) {
	return JSON.stringify(jsonText(value));
}
function jsonText(value) {
	if (Array.isArray(value)) return `[${value.map(jsonText).join(", ")}]`;
	if (typeof value === "object" && value !== null) return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${jsonText(inner)}`).join(", ")}}`;
	return JSON.stringify(value);
}

// actions/engines/llama-cpp-model.ts
const reuseGranularity = 64;
async function loadLlamaCppModel(config, log) {
	const packageFile = join(config.toolFolder, "node_modules/node-llama-cpp/package.json");
	const { version, main } = JSON.parse(await readFile(packageFile, "utf8"));
	const { getLlama, LlamaGrammarEvaluationState } = await importFile(join(packageFile, "..", main));
	const { Template } = await importFile(createRequire(packageFile).resolve("@huggingface/jinja"));
	const llama = await getLlama({
		gpu: process.platform === "darwin" && process.arch === "arm64" ? "metal" : false,
		build: "never",
		progressLogs: false,
		maxThreads: config.threads,
		logLevel: "warn",
		logger: (level, message) => log(`llama.cpp ${level}: ${message.trimEnd()}`)
	});
	const model = await llama.loadModel({ modelPath: config.weightsPath });
	const templateText = config.chatTemplate ?? model.fileInfo.metadata.tokenizer?.chat_template;
	if (templateText === void 0) throw new Error("the weights carry no chat template and none was given");
	const template = new Template(templateText);
	const contextOptions = {
		sequences: 1,
		contextSize: config.contextTokens + 2,
		threads: Math.max(1, Math.floor(config.threads / config.sequences)),
		swaFullCache: true,
		flashAttention: false
	};
	const slots = [];
	while (slots.length < config.sequences) {
		const context = await model.createContext(contextOptions);
		slots.push({
			sequence: context.getSequence(),
			prompt: [],
			busy: false
		});
	}
	const waiting = [];
	const grammars = /* @__PURE__ */ new Map();
	async function takeSlot(prompt, signal) {
		while (slots.every((slot) => slot.busy)) {
			await new Promise((resolve) => waiting.push(resolve));
			if (signal.aborted) {
				waiting.shift()?.();
				throw signal.reason;
			}
		}
		const best = slots.filter((slot) => !slot.busy).reduce((a, b) => sharedLength(b.prompt, prompt) > sharedLength(a.prompt, prompt) ? b : a);
		best.busy = true;
		return best;
	}
	function releaseSlot(slot) {
		slot.busy = false;
		waiting.shift()?.();
	}
	async function keepSharedPrefix(slot, prompt) {
		const shared = Math.min(sharedLength(slot.prompt, prompt), prompt.length - 1, slot.sequence.nextTokenIndex);
		const kept = shared - shared % reuseGranularity;
		const end = slot.sequence.nextTokenIndex;
		if (kept < end) await slot.sequence.eraseContextTokenRanges([{
			start: kept,
			end
		}]);
		return slot.sequence.nextTokenIndex;
	}
	return {
		contextTokens: config.contextTokens,
		version: `llama.cpp ${llama.llamaCppRelease.release}, node-llama-cpp ${version}`,
		chatTemplateSha256: createHash("sha256").update(templateText).digest("hex"),
		promptTokens(messages, templateArguments) {
			const { bos, bosString, eosString, shouldPrependBosToken } = model.tokens;
			const text = template.render({
				messages,
				add_generation_prompt: true,
				bos_token: bosString ?? "",
				eos_token: eosString ?? "",
				...templateArguments
			});
			const tokens = model.tokenize(text, true);
			if (shouldPrependBosToken && bos !== null && tokens[0] !== bos) tokens.unshift(bos);
			return tokens;
		},
		grammarFor(format) {
			const key = format === "json_object" ? format : JSON.stringify(format.schema);
			const made = grammars.get(key);
			if (made !== void 0) return made;
			const grammar = format === "json_object" ? jsonObjectGrammar() : jsonSchemaGrammar(format.schema);
			const compiled = llama.createGrammar({ grammar });
			grammars.set(key, compiled);
			return compiled;
		},
		async complete(prompt, maxTokens, options, signal) {
			const slot = await takeSlot(prompt, signal);
			try {
				signal.throwIfAborted();
				const kept = await keepSharedPrefix(slot, prompt);
				slot.prompt = prompt.slice(0, kept);
				const { grammar, sampling, stop } = options;
				const generation = slot.sequence.evaluate(prompt.slice(kept), {
					...sampling,
					yieldEogToken: true,
					...grammar && { grammarEvaluationState: new LlamaGrammarEvaluationState({
						model,
						grammar
					}) }
				});
				const tokens = [];
				for await (const token of generation) {
					slot.prompt = prompt;
					signal.throwIfAborted();
					const completionTokens = tokens.length + 1;
					if (model.isEogToken(token)) return {
						text: model.detokenize(tokens),
						completionTokens,
						finishReason: "stop"
					};
					tokens.push(token);
					const stopped = stop.length > 0 ? textBeforeStop(model.detokenize(tokens), stop) : void 0;
					if (stopped !== void 0) return {
						text: stopped,
						completionTokens,
						finishReason: "stop"
					};
					if (completionTokens >= maxTokens) return {
						text: model.detokenize(tokens),
						completionTokens,
						finishReason: "length"
					};
				}
				throw new Error("the engine ended the generation without a last token");
			} finally {
				releaseSlot(slot);
			}
		}
	};
}
function importFile(path) {
	return import(pathToFileURL(path).href);
}
function sharedLength(a, b) {
	let length = 0;
	while (length < a.length && length < b.length && a[length] === b[length]) length++;
	return length;
}
function textBeforeStop(text, stop) {
	const found = stop.map((word) => text.indexOf(word)).filter((index) => index >= 0);
	return found.length === 0 ? void 0 : text.slice(0, Math.min(...found));
}

// actions/engines/llama-cpp-server.ts
const maxBodyBytes = 33554432;
async function main() {
	process.stdin.resume();
	for (const event of [
		"end",
		"close",
		"error"
	]) process.stdin.on(event, () => process.exit(0));
	for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
	const config = JSON.parse(process.argv[2] ?? "");
	const started = performance.now();
	const model = await loadLlamaCppModel(config, log);
	const created = Math.floor(Date.now() / 1e3);
	const server = createServer((request, response) => {
		answer(request, response, {
			model,
			config,
			created
		}).catch((error) => {
			if (response.headersSent || response.destroyed) return;
			if (!(error instanceof RequestError)) log(`a request failed: ${error.stack ?? String(error)}`);
			const fault = error instanceof RequestError ? error : new RequestError(500, error.message);
			sendJson(response, fault.status, fault.body);
		});
	});
	server.keepAliveTimeout = 65e3;
	server.listen(0, "127.0.0.1", () => {
		const ready = {
			ready: true,
			port: server.address().port,
			version: model.version,
			load_seconds: Math.round(performance.now() - started) / 1e3,
			chat_template_sha256: model.chatTemplateSha256
		};
		const { servedModel, sequences, threads } = config;
		log(`process ${process.pid} serves ${servedModel}: ${model.version}, ${sequences} sequences, ${threads} threads`);
		process.stdout.write(`${JSON.stringify(ready)}\n`);
	});
}
async function answer(request, response, served) {
	const { model, config, created } = served;
	const route = `${request.method} ${new URL(request.url ?? "/", "http://localhost").pathname}`;
	if (route === "GET /health") return sendJson(response, 200, {});
	if (route === "GET /version") return sendJson(response, 200, { version: model.version });
	if (route === "GET /v1/models") return sendJson(response, 200, {
		object: "list",
		data: [{
			id: config.servedModel,
			object: "model",
			created,
			owned_by: "llama.cpp",
			max_model_len: model.contextTokens
		}]
	});
	if (route !== "POST /v1/chat/completions") return sendJson(response, 404, { detail: "Not Found" });
	const gone = new AbortController();
	response.on("close", () => gone.abort(new RequestError(499, "the client closed the connection")));
	const chat = parseChatRequest(await readBody(request), config.servedModel);
	const prompt = renderPrompt(model, chat);
	const maxTokens = roomForAnswer(prompt.length, chat.maxTokens, model.contextTokens);
	const grammar = chat.format && await grammarFor(model, chat.format);
	const options = {
		sampling: chat.sampling,
		stop: chat.stop,
		...grammar && { grammar }
	};
	const { text, completionTokens, finishReason } = await model.complete(prompt, maxTokens, options, gone.signal);
	sendJson(response, 200, {
		id: `chatcmpl-${crypto.randomUUID().replaceAll("-", "")}`,
		object: "chat.completion",
		created: Math.floor(Date.now() / 1e3),
		model: config.servedModel,
		choices: [{
			index: 0,
			message: {
				role: "assistant",
				content: text
			},
			logprobs: null,
			finish_reason: finishReason
		}],
		usage: {
			prompt_tokens: prompt.length,
			completion_tokens: completionTokens,
			total_tokens: prompt.length + completionTokens
		}
	});
}
function renderPrompt(model, chat) {
	try {
		return model.promptTokens(chat.messages, chat.templateArguments);
	} catch (error) {
		throw new RequestError(400, `The chat template refused the messages: ${error.message}`, "messages");
	}
}
function roomForAnswer(promptTokens, maxTokens, contextTokens) {
	const context = `The context holds ${contextTokens} tokens`;
	const room = contextTokens - promptTokens;
	if (room < 1) throw new RequestError(400, `${context}, the prompt alone has ${promptTokens}; shorten it.`, "input_tokens");
	if (maxTokens !== void 0 && maxTokens > room) throw new RequestError(400, `${context}, the prompt has ${promptTokens}: max_tokens ${maxTokens} is too large, at most ${room} fit.`, "max_tokens");
	return maxTokens ?? room;
}
async function grammarFor(model, format) {
	try {
		return await model.grammarFor(format);
	} catch (error) {
		throw new RequestError(400, `The response_format can't be kept: ${error.message}`, "response_format");
	}
}
async function readBody(request) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of request) {
		bytes += chunk.length;
		if (bytes > maxBodyBytes) throw new RequestError(413, `The request body is larger than ${maxBodyBytes} bytes.`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
function sendJson(response, status, body) {
	const text = JSON.stringify(body);
	response.writeHead(status, {
		"content-type": "application/json",
		"content-length": Buffer.byteLength(text)
	});
	response.end(text);
}
function log(line) {
	process.stderr.write(`${(/* @__PURE__ */ new Date()).toISOString()} ${line}\n`);
}
await main();

export {  };