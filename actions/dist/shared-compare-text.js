// registry/src/formats/json-pointer.ts
function readPointer(value, pointer) {
	return readParts(value, pointerParts(pointer));
}
function pointerParts(pointer) {
	return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
function readParts(value, parts) {
	let current = value;
	for (const key of parts) {
		if (current === null || typeof current !== "object" || !Object.hasOwn(current, key)) return void 0;
		current = current[key];
	}
	return current;
}

// registry/src/formats/describe-json-error.ts
function describeJsonError(error) {
	const at = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
	return at === void 0 ? "not JSON" : `not JSON at character ${Number(at) + 1}`;
}

// registry/src/rows/parse-row.ts
function parseRow(line) {
	let value;
	try {
		value = JSON.parse(line);
	} catch (error) {
		return { problem: describeJsonError(error) };
	}
	return readRow(value);
}
function readRow(value) {
	if (!isObject(value)) return { problem: "not an object, a row is one" };
	const { id, custom_id: customId, response, error } = value;
	if (typeof customId !== "string" || customId === "") return { problem: "custom_id is missing or not a string" };
	if (typeof id !== "string") return { problem: "id is missing or not a string" };
	if (response !== null && response !== void 0 && !isObject(response)) return { problem: "response is neither an object nor null" };
	if (error !== null && error !== void 0 && typeof error !== "string" && !isObject(error)) return { problem: "error is neither an object, a string nor null" };
	const status = isObject(response) ? response["status_code"] : void 0;
	if (isObject(response) && !Number.isSafeInteger(status)) return { problem: "response.status_code is not a whole number" };
	const body = isObject(response) ? response["body"] : void 0;
	const base = {
		id,
		customId,
		content: null,
		...status === void 0 ? {} : { status }
	};
	if (error !== null && error !== void 0) return { row: {
		...base,
		ok: false,
		error: describeError(error, status)
	} };
	if (status === void 0) return { problem: "neither a response with a status_code nor an error" };
	if (status !== 200) return { row: {
		...base,
		ok: false,
		error: describeError(body, status)
	} };
	return { row: readCompletion(base, body) };
}
function readCompletion(base, body) {
	const choices = isObject(body) ? body["choices"] : void 0;
	const choice = Array.isArray(choices) ? choices[0] : void 0;
	const message = isObject(choice) ? choice["message"] : void 0;
	if (!isObject(body) || !isObject(choice) || !isObject(message)) {
		const error = {
			status: 200,
			code: "malformed_body",
			message: "the answer holds no choices[0].message"
		};
		return {
			...base,
			ok: false,
			error
		};
	}
	const row = {
		...base,
		ok: true,
		content: typeof message["content"] === "string" ? message["content"] : null
	};
	if (typeof choice["finish_reason"] === "string") row.finishReason = choice["finish_reason"];
	if (typeof body["model"] === "string") row.model = body["model"];
	const usage = body["usage"];
	if (isObject(usage)) {
		if (isCount(usage["prompt_tokens"])) row.promptTokens = usage["prompt_tokens"];
		if (isCount(usage["completion_tokens"])) row.completionTokens = usage["completion_tokens"];
	}
	return row;
}
function describeError(error, status) {
	const base = status === void 0 ? {} : { status };
	if (typeof error === "string") return {
		...base,
		message: error
	};
	if (!isObject(error)) return {
		...base,
		message: "no message"
	};
	if (isObject(error["error"])) return describeError(error["error"], status);
	const message = error["message"] ?? error["detail"] ?? error["error"];
	const code = error["code"] ?? error["type"];
	return {
		...base,
		...typeof code === "string" || typeof code === "number" ? { code: String(code) } : {},
		message: typeof message === "string" ? message : "no message"
	};
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isCount(value) {
	return Number.isSafeInteger(value) && value >= 0;
}

// registry/src/rows/compare-text.ts
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}

export { pointerParts as a, describeJsonError as i, parseRow as n, readParts as o, readRow as r, readPointer as s, compareText as t };