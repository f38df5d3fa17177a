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

// registry/src/privacy/mask-message.ts
const longest = 240;
function maskMessage(message) {
	const masked = message.replaceAll(/"[^"\n]*"|`[^`\n]*`|(?<![\p{L}\d])'[^'\n]*'(?![\p{L}\d])/gu, "'…'").replaceAll(/\d+(?:[.,]\d+)*/g, "N").replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
	return masked.length > longest ? `${masked.slice(0, 239)}…` : masked;
}

// registry/src/rows/compare-text.ts
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}

// registry/src/rows/count-rows.ts
const mostCauses = 50;
var RowCounter = class {
	#personal;
	success = 0;
	errors = 0;
	promptTokens = 0;
	completionTokens = 0;
	#promptRows = 0;
	#completionRows = 0;
	#causes = /* @__PURE__ */ new Map();
	#finishReasons = /* @__PURE__ */ new Map();
	constructor(privacy) {
		this.#personal = privacy === "personal";
	}
	add(row) {
		if (!row.ok) {
			this.errors++;
			this.#addCause(row.error ?? { message: "no message" }, row.customId);
			return;
		}
		this.success++;
		if (row.promptTokens !== void 0) {
			this.promptTokens += row.promptTokens;
			this.#promptRows++;
		}
		if (row.completionTokens !== void 0) {
			this.completionTokens += row.completionTokens;
			this.#completionRows++;
		}
		const reason = row.finishReason?.slice(0, 40) ?? "none";
		this.#finishReasons.set(reason, (this.#finishReasons.get(reason) ?? 0) + 1);
	}
	counts() {
		return {
			success: this.success,
			errors: this.errors,
			promptTokens: this.promptTokens,
			completionTokens: this.completionTokens,
			promptRows: this.#promptRows,
			completionRows: this.#completionRows,
			causes: [...this.#causes],
			finishReasons: [...this.#finishReasons]
		};
	}
	addCounts(later) {
		const keys = /* @__PURE__ */ new Set([...this.#causes.keys(), ...later.causes.map(([key]) => key)]);
		if (keys.size > mostCauses || keys.has("")) return false;
		this.success += later.success;
		this.errors += later.errors;
		this.promptTokens += later.promptTokens;
		this.#promptRows += later.promptRows;
		this.completionTokens += later.completionTokens;
		this.#completionRows += later.completionRows;
		for (const [key, { cause, firstCustomId }] of later.causes) {
			const known = this.#causes.get(key);
			if (known) known.cause.count += cause.count;
			else this.#causes.set(key, {
				cause: { ...cause },
				firstCustomId
			});
		}
		for (const [reason, count] of later.finishReasons) this.#finishReasons.set(reason, (this.#finishReasons.get(reason) ?? 0) + count);
		return true;
	}
	results(count) {
		return {
			total: count,
			success: this.success,
			errors: this.errors,
			missing: count - this.success - this.errors,
			...count > 0 ? { success_rate: round(100 * this.success / count, 4) } : {},
			...this.#promptRows > 0 ? { avg_prompt_tokens: round(this.promptTokens / this.#promptRows, 2) } : {},
			...this.#completionRows > 0 ? { avg_completion_tokens: round(this.completionTokens / this.#completionRows, 2) } : {},
			error_causes: this.causes().map(({ cause }) => cause),
			finish_reasons: Object.fromEntries([...this.#finishReasons].sort(([a], [b]) => compareText(a, b)))
		};
	}
	causes() {
		return [...this.#causes.values()].sort((a, b) => b.cause.count - a.cause.count || compareText(a.cause.message, b.cause.message));
	}
	#addCause({ status, code, message }, customId) {
		const cause = {
			...status === void 0 ? {} : { status },
			...code !== void 0 && /^[\w.-]{1,40}$/.test(code) ? { code } : {},
			message: this.#personal ? withholdMessage(message) : maskMessage(message),
			count: 1
		};
		const key = JSON.stringify([
			cause.status,
			cause.code,
			cause.message
		]);
		const known = this.#causes.get(key) ?? (this.#causes.size < mostCauses ? void 0 : this.#causes.get(""));
		if (known) known.cause.count++;
		else if (this.#causes.size < mostCauses) this.#causes.set(key, {
			cause,
			firstCustomId: customId
		});
		else {
			const other = {
				message: `other causes (only ${mostCauses} are listed)`,
				count: 1
			};
			this.#causes.set("", {
				cause: other,
				firstCustomId: customId
			});
		}
	}
};
const ourOwn = /^(connection failed: [\w.]{1,40}|no answer within [\d.]+ s|the engine failed twice on this row alone|the engine's answer is not a JSON object|the answer holds no choices\[0\]\.message)$/;
function withholdMessage(message) {
	return ourOwn.test(message) ? maskMessage(message) : "withheld: an engine may repeat the row, and the dataset is personal";
}
function round(value, decimals) {
	const scale = 10 ** decimals;
	return Math.round(value * scale) / scale;
}

// node_modules/jsonrepair/lib/esm/utils/JSONRepairError.js
var JSONRepairError = class extends Error {
	constructor(message, position) {
		super(`${message} at position ${position}`);
		this.position = position;
	}
};

// node_modules/jsonrepair/lib/esm/utils/stringUtils.js
const codeSpace = 32;
const codeNewline = 10;
const codeTab = 9;
const codeReturn = 13;
const codeNonBreakingSpace = 160;
const codeMongolianVowelSeparator = 6158;
const codeEnQuad = 8192;
const codeZeroWidthSpace = 8203;
const codeNarrowNoBreakSpace = 8239;
const codeMediumMathematicalSpace = 8287;
const codeIdeographicSpace = 12288;
const codeZeroWidthNoBreakSpace = 65279;
function isHex(char) {
	return /^[0-9A-Fa-f]$/.test(char);
}
function isDigit(char) {
	return char >= "0" && char <= "9";
}
function isValidStringCharacter(char) {
	return char >= " ";
}
function isDelimiter(char) {
	return ",:[]/{}()\n+".includes(char);
}
function isFunctionNameCharStart(char) {
	return char >= "a" && char <= "z" || char >= "A" && char <= "Z" || char === "_" || char === "$";
}
function isFunctionNameChar(char) {
	return char >= "a" && char <= "z" || char >= "A" && char <= "Z" || char === "_" || char === "$" || char >= "0" && char <= "9";
}
const regexUrlStart = /^(http|https|ftp|mailto|file|data|irc):\/\/$/;
const regexUrlChar = /^[A-Za-z0-9-._~:/?#@!$&'()*+;=]$/;
function isUnquotedStringDelimiter(char) {
	return ",[]/{}\n+".includes(char);
}
function isStartOfValue(char) {
	return isQuote(char) || regexStartOfValue.test(char);
}
const regexStartOfValue = /^[[{\w-]$/;
function isControlCharacter(char) {
	return char === "\n" || char === "\r" || char === "	" || char === "\b" || char === "\f";
}
function isWhitespace(text, index) {
	const code = text.charCodeAt(index);
	return code === codeSpace || code === codeNewline || code === codeTab || code === codeReturn;
}
function isWhitespaceExceptNewline(text, index) {
	const code = text.charCodeAt(index);
	return code === codeSpace || code === codeTab || code === codeReturn;
}
function isSpecialWhitespace(text, index) {
	const code = text.charCodeAt(index);
	return code === codeNonBreakingSpace || code === codeMongolianVowelSeparator || code >= codeEnQuad && code <= codeZeroWidthSpace || code === codeNarrowNoBreakSpace || code === codeMediumMathematicalSpace || code === codeIdeographicSpace || code === codeZeroWidthNoBreakSpace;
}
function isQuote(char) {
	return isDoubleQuoteLike(char) || isSingleQuoteLike(char);
}
function isDoubleQuoteLike(char) {
	return char === "\"" || char === "“" || char === "”";
}
function isDoubleQuote(char) {
	return char === "\"";
}
function isSingleQuoteLike(char) {
	return char === "'" || char === "‘" || char === "’" || char === "`" || char === "´";
}
function isSingleQuote(char) {
	return char === "'";
}
function stripLastOccurrence(text, textToStrip) {
	let stripRemainingText = arguments.length > 2 && arguments[2] !== void 0 ? arguments[2] : false;
	const index = text.lastIndexOf(textToStrip);
	return index !== -1 ? text.substring(0, index) + (stripRemainingText ? "" : text.substring(index + 1)) : text;
}
function insertBeforeLastWhitespace(text, textToInsert) {
	let index = text.length;
	if (!isWhitespace(text, index - 1)) return text + textToInsert;
	while (isWhitespace(text, index - 1)) index--;
	return text.substring(0, index) + textToInsert + text.substring(index);
}
function removeAtIndex(text, start, count) {
	return text.substring(0, start) + text.substring(start + count);
}
function endsWithCommaOrNewline(text) {
	return /[,\n][ \t\r]*$/.test(text);
}
const namedHtmlEntities = {
	"&quot;": "\"",
	"&amp;": "&",
	"&lt;": "<",
	"&gt;": ">",
	"&apos;": "'"
};
function matchHtmlEntity(fragment) {
	if (fragment.charAt(0) !== "&") return null;
	const semicolon = fragment.indexOf(";");
	if (semicolon === -1) return null;
	const entity = fragment.substring(0, semicolon + 1);
	const named = namedHtmlEntities[entity];
	if (named !== void 0) return {
		char: named,
		length: entity.length
	};
	if (fragment.charAt(1) === "#") {
		const body = fragment.substring(2, semicolon);
		const hex = body.charAt(0) === "x" || body.charAt(0) === "X";
		const digits = hex ? body.substring(1) : body;
		if (digits.length > 0) {
			const code = Number.parseInt(digits, hex ? 16 : 10);
			if (!Number.isNaN(code) && code >= 0 && code <= 1114111) return {
				char: String.fromCodePoint(code),
				length: entity.length
			};
		}
	}
	return null;
}
function isDoubleQuoteEntity(match) {
	return match !== null && match.char === "\"";
}
function isSingleQuoteEntity(match) {
	return match !== null && match.char === "'";
}
function countOccurrences(text, char) {
	let count = 0;
	for (let i = 0; i < text.length; i++) if (text.charAt(i) === char) count++;
	return count;
}
function isInsideUnclosedBracket(text, closeChar) {
	switch (closeChar) {
		case ")": return countOccurrences(text, "(") > countOccurrences(text, ")");
		case "]": return countOccurrences(text, "[") > countOccurrences(text, "]");
		case "}": return countOccurrences(text, "{") > countOccurrences(text, "}");
		default: return false;
	}
}

// node_modules/jsonrepair/lib/esm/regular/jsonrepair.js
const controlCharacters = {
	"\b": "\\b",
	"\f": "\\f",
	"\n": "\\n",
	"\r": "\\r",
	"	": "\\t"
};
const escapeCharacters = {
	"\"": "\"",
	"\\": "\\",
	"/": "/",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	"
};
function jsonrepair(text) {
	let i = 0;
	let output = "";
	parseMarkdownCodeBlock([
		"```",
		"[```",
		"{```"
	]);
	if (!parseValue()) throwUnexpectedEnd();
	parseMarkdownCodeBlock([
		"```",
		"```]",
		"```}"
	]);
	const processedComma = parseCharacter(",");
	if (processedComma) parseWhitespaceAndSkipComments();
	if (isStartOfValue(text[i]) && endsWithCommaOrNewline(output)) {
		if (!processedComma) output = insertBeforeLastWhitespace(output, ",");
		parseNewlineDelimitedJSON();
	} else if (processedComma) output = stripLastOccurrence(output, ",");
	while (text[i] === "}" || text[i] === "]") {
		i++;
		parseWhitespaceAndSkipComments();
	}
	if (i >= text.length) return output;
	throwUnexpectedCharacter();
	function parseValue() {
		parseWhitespaceAndSkipComments();
		const processed = parseObject() || parseArray() || parseString() || parseNumber() || parseKeywords() || parseUnquotedString(false) || parseRegex();
		parseWhitespaceAndSkipComments();
		return processed;
	}
	function parseWhitespaceAndSkipComments() {
		let skipNewline = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : true;
		const start = i;
		let changed = parseWhitespace(skipNewline);
		do {
			changed = parseComment();
			if (changed) changed = parseWhitespace(skipNewline);
		} while (changed);
		return i > start;
	}
	function parseWhitespace(skipNewline) {
		const _isWhiteSpace = skipNewline ? isWhitespace : isWhitespaceExceptNewline;
		let whitespace = "";
		while (true) if (_isWhiteSpace(text, i)) {
			whitespace += text[i];
			i++;
		} else if (isSpecialWhitespace(text, i)) {
			whitespace += " ";
			i++;
		} else break;
		if (whitespace.length > 0) {
			output += whitespace;
			return true;
		}
		return false;
	}
	function parseComment() {
		if (text[i] === "/" && text[i + 1] === "*") {
			while (i < text.length && !atEndOfBlockComment(text, i)) i++;
			i += 2;
			return true;
		}
		if (text[i] === "/" && text[i + 1] === "/") {
			while (i < text.length && text[i] !== "\n") i++;
			return true;
		}
		return false;
	}
	function parseMarkdownCodeBlock(blocks) {
		if (skipMarkdownCodeBlock(blocks)) {
			if (isFunctionNameCharStart(text[i])) while (i < text.length && isFunctionNameChar(text[i])) i++;
			parseWhitespaceAndSkipComments();
			return true;
		}
		return false;
	}
	function skipMarkdownCodeBlock(blocks) {
		parseWhitespace(true);
		for (const block of blocks) {
			const end = i + block.length;
			if (text.slice(i, end) === block) {
				i = end;
				return true;
			}
		}
		return false;
	}
	function parseCharacter(char) {
		if (text[i] === char) {
			output += text[i];
			i++;
			return true;
		}
		return false;
	}
	function skipCharacter(char) {
		if (text[i] === char) {
			i++;
			return true;
		}
		return false;
	}
	function skipEscapeCharacter() {
		return skipCharacter("\\");
	}
	function skipEllipsis() {
		parseWhitespaceAndSkipComments();
		if (text[i] === "." && text[i + 1] === "." && text[i + 2] === ".") {
			i += 3;
			parseWhitespaceAndSkipComments();
			skipCharacter(",");
			return true;
		}
		return false;
	}
	function parseObject() {
		if (text[i] === "{") {
			output += "{";
			i++;
			parseWhitespaceAndSkipComments();
			if (skipCharacter(",")) parseWhitespaceAndSkipComments();
			let initial = true;
			while (i < text.length && text[i] !== "}") {
				let processedComma;
				if (!initial) {
					processedComma = parseCharacter(",");
					if (!processedComma) output = insertBeforeLastWhitespace(output, ",");
					parseWhitespaceAndSkipComments();
				} else processedComma = true;
				skipEllipsis();
				if (!(parseString() || parseUnquotedString(true))) {
					if (text[i] === "}" || text[i] === "{" || text[i] === "]" || text[i] === "[" || text[i] === void 0) {
						if (!initial) output = stripLastOccurrence(output, ",");
					} else throwObjectKeyExpected();
					break;
				}
				parseWhitespaceAndSkipComments();
				const processedColon = parseCharacter(":");
				const truncatedText = i >= text.length;
				if (!processedColon) {
					if (isStartOfValue(text[i]) || truncatedText) output = insertBeforeLastWhitespace(output, ":");
					else throwColonExpected();
				}
				if (!parseValue()) {
					if (processedColon || truncatedText) output += "null";
					else throwColonExpected();
				}
				initial = false;
			}
			if (text[i] === "}") {
				output += "}";
				i++;
			} else output = insertBeforeLastWhitespace(output, "}");
			return true;
		}
		return false;
	}
	function parseArray() {
		if (text[i] === "[") {
			output += "[";
			i++;
			parseWhitespaceAndSkipComments();
			if (skipCharacter(",")) parseWhitespaceAndSkipComments();
			let initial = true;
			while (i < text.length && text[i] !== "]") {
				if (!initial) {
					if (!parseCharacter(",")) output = insertBeforeLastWhitespace(output, ",");
				}
				skipEllipsis();
				if (!parseValue()) {
					if (!initial) output = stripLastOccurrence(output, ",");
					break;
				}
				initial = false;
			}
			if (text[i] === "]") {
				output += "]";
				i++;
			} else output = insertBeforeLastWhitespace(output, "]");
			return true;
		}
		return false;
	}
	function parseNewlineDelimitedJSON() {
		let initial = true;
		let processedValue = true;
		while (processedValue) {
			if (!initial) {
				if (!parseCharacter(",")) output = insertBeforeLastWhitespace(output, ",");
			} else initial = false;
			processedValue = parseValue();
		}
		if (!processedValue) output = stripLastOccurrence(output, ",");
		output = `[\n${output}\n]`;
	}
	function parseString() {
		let stopAtDelimiter = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : false;
		let stopAtIndex = arguments.length > 1 && arguments[1] !== void 0 ? arguments[1] : -1;
		const skipEscapeChars = text[i] === "\\";
		if (skipEscapeChars) {
			i++;
			if (!isQuote(text[i])) throwUnexpectedCharacter();
		}
		const openEntity = text[i] === "&" ? matchHtmlEntity(text.slice(i, i + 12)) : null;
		const openedByEntity = isDoubleQuoteEntity(openEntity) || isSingleQuoteEntity(openEntity);
		if (isQuote(text[i]) || openedByEntity) {
			const isEndQuote = isDoubleQuote(text[i]) ? isDoubleQuote : isSingleQuote(text[i]) ? isSingleQuote : isSingleQuoteLike(text[i]) ? isSingleQuoteLike : isDoubleQuoteLike;
			const iBefore = i;
			const oBefore = output.length;
			let str = "\"";
			i += openedByEntity && openEntity ? openEntity.length : 1;
			while (true) {
				if (i >= text.length) {
					const iPrev = prevNonWhitespaceIndex(i - 1);
					if (!stopAtDelimiter && isDelimiter(text.charAt(iPrev))) {
						i = iBefore;
						output = output.substring(0, oBefore);
						return parseString(true);
					}
					str = insertBeforeLastWhitespace(str, "\"");
					output += str;
					return true;
				}
				if (i === stopAtIndex) {
					str = insertBeforeLastWhitespace(str, "\"");
					output += str;
					return true;
				}
				const entity = openedByEntity && text[i] === "&" ? matchHtmlEntity(text.slice(i, i + 12)) : null;
				if (entity && openEntity ? entity.char === openEntity.char : isEndQuote(text[i])) {
					const iQuote = i;
					const oQuote = str.length;
					str += "\"";
					i += entity ? entity.length : 1;
					output += str;
					parseWhitespaceAndSkipComments(false);
					if (stopAtDelimiter || i >= text.length || isDelimiter(text[i]) && !isInsideUnclosedBracket(str, text[i]) || isQuote(text[i]) && !nextQuoteIsEndQuote(i) || isDigit(text[i])) {
						parseConcatenatedString();
						return true;
					}
					if (text[i] === "\\") throwUnexpectedCharacter();
					const iPrevChar = prevNonWhitespaceIndex(iQuote - 1);
					const prevChar = text.charAt(iPrevChar);
					if (prevChar === ",") {
						i = iBefore;
						output = output.substring(0, oBefore);
						return parseString(false, iPrevChar);
					}
					if (isDelimiter(prevChar)) {
						i = iBefore;
						output = output.substring(0, oBefore);
						return parseString(true);
					}
					output = output.substring(0, oBefore);
					i = iQuote + (entity ? entity.length : 1);
					str = `${str.substring(0, oQuote)}\\${str.substring(oQuote)}`;
				} else if (stopAtDelimiter && isUnquotedStringDelimiter(text[i])) {
					if (text[i - 1] === ":" && regexUrlStart.test(text.substring(iBefore + 1, i + 2))) while (i < text.length && regexUrlChar.test(text[i])) {
						str += text[i];
						i++;
					}
					str = insertBeforeLastWhitespace(str, "\"");
					output += str;
					parseConcatenatedString();
					return true;
				} else if (entity) {
					const char = entity.char;
					if (char === "\"") str += "\\\"";
					else if (isControlCharacter(char)) str += controlCharacters[char];
					else str += char;
					i += entity.length;
				} else if (text[i] === "\\") {
					const char = text.charAt(i + 1);
					if (escapeCharacters[char] !== void 0) {
						str += text.slice(i, i + 2);
						i += 2;
					} else if (char === "u") {
						let j = 2;
						while (j < 6 && isHex(text[i + j])) j++;
						if (j === 6) {
							str += text.slice(i, i + 6);
							i += 6;
						} else if (i + j >= text.length) i = text.length;
						else throwInvalidUnicodeCharacter();
					} else if (char === "\n") {
						str += "\\n";
						i += 2;
					} else {
						str += char;
						i += 2;
					}
				} else {
					const char = text.charAt(i);
					if (char === "\"" && text[i - 1] !== "\\") {
						str += `\\${char}`;
						i++;
					} else if (isControlCharacter(char)) {
						str += controlCharacters[char];
						i++;
					} else {
						if (!isValidStringCharacter(char)) throwInvalidCharacter(char);
						str += char;
						i++;
					}
				}
				if (skipEscapeChars) skipEscapeCharacter();
			}
		}
		return false;
	}
	function parseConcatenatedString() {
		let processed = false;
		parseWhitespaceAndSkipComments();
		while (text[i] === "+") {
			processed = true;
			i++;
			parseWhitespaceAndSkipComments();
			output = stripLastOccurrence(output, "\"", true);
			const start = output.length;
			if (parseString()) output = removeAtIndex(output, start, 1);
			else output = insertBeforeLastWhitespace(output, "\"");
		}
		return processed;
	}
	function parseNumber() {
		const start = i;
		let num = "";
		let invalid = false;
		if (text[i] === "-") {
			num += text[i];
			i++;
			if (!isDigit(text[i]) && atEndOfNumber()) num += "0";
		}
		if (text[i] === "0" && isDigit(text[i + 1])) invalid = true;
		while (isDigit(text[i])) {
			num += text[i];
			i++;
		}
		if (text[i] === ".") {
			if (num === "" || num === "-") num += "0";
			num += text[i];
			i++;
			if (!isDigit(text[i])) num += "0";
			while (isDigit(text[i])) {
				num += text[i];
				i++;
			}
		}
		if (i > start) {
			if (text[i] === "e" || text[i] === "E") {
				if (num === "-") invalid = true;
				num += text[i];
				i++;
				if (text[i] === "-" || text[i] === "+") {
					num += text[i];
					i++;
				}
				if (!isDigit(text[i])) num += "0";
				while (isDigit(text[i])) {
					num += text[i];
					i++;
				}
			}
			if (!atEndOfNumber()) {
				i = start;
				return false;
			}
			output += invalid ? `"${text.substring(start, i)}"` : num;
			return true;
		}
		return false;
	}
	function parseKeywords() {
		return parseKeyword("true", "true") || parseKeyword("false", "false") || parseKeyword("null", "null") || parseKeyword("True", "true") || parseKeyword("False", "false") || parseKeyword("None", "null");
	}
	function parseKeyword(name, value) {
		if (text.slice(i, i + name.length) === name && !isFunctionNameChar(text[i + name.length])) {
			output += value;
			i += name.length;
			return true;
		}
		return false;
	}
	function parseUnquotedString(isKey) {
		const start = i;
		if (isFunctionNameCharStart(text[i])) {
			while (i < text.length && isFunctionNameChar(text[i])) i++;
			let j = i;
			while (isWhitespace(text, j)) j++;
			if (text[j] === "(") {
				i = j + 1;
				parseValue();
				if (text[i] === ")") {
					i++;
					if (text[i] === ";") i++;
				}
				return true;
			}
		}
		while (i < text.length && !isUnquotedStringDelimiter(text[i]) && !isQuote(text[i]) && (!isKey || text[i] !== ":")) i++;
		if (text[i - 1] === ":" && regexUrlStart.test(text.substring(start, i + 2))) while (i < text.length && regexUrlChar.test(text[i])) i++;
		if (i > start) {
			while (isWhitespace(text, i - 1) && i > 0) i--;
			const symbol = text.slice(start, i);
			output += symbol === "undefined" ? "null" : JSON.stringify(symbol);
			if (text[i] === "\"") i++;
			return true;
		}
	}
	function parseRegex() {
		if (text[i] === "/") {
			const start = i;
			i++;
			while (i < text.length && (text[i] !== "/" || text[i - 1] === "\\")) i++;
			i++;
			output += JSON.stringify(text.substring(start, i));
			return true;
		}
	}
	function prevNonWhitespaceIndex(start) {
		let prev = start;
		while (prev > 0 && isWhitespace(text, prev)) prev--;
		return prev;
	}
	function nextQuoteIsEndQuote(index) {
		let next = index + 1;
		while (next < text.length && isWhitespace(text, next)) next++;
		return next >= text.length || isDelimiter(text[next]);
	}
	function atEndOfNumber() {
		return i >= text.length || isDelimiter(text[i]) || isWhitespace(text, i);
	}
	function throwInvalidCharacter(char) {
		throw new JSONRepairError(`Invalid character ${JSON.stringify(char)}`, i);
	}
	function throwUnexpectedCharacter() {
		throw new JSONRepairError(`Unexpected character ${JSON.stringify(text[i])}`, i);
	}
	function throwUnexpectedEnd() {
		throw new JSONRepairError("Unexpected end of json string", text.length);
	}
	function throwObjectKeyExpected() {
		throw new JSONRepairError("Object key expected", i);
	}
	function throwColonExpected() {
		throw new JSONRepairError("Colon expected", i);
	}
	function throwInvalidUnicodeCharacter() {
		const chars = text.slice(i, i + 6);
		throw new JSONRepairError(`Invalid unicode character "${chars}"`, i);
	}
}
function atEndOfBlockComment(text, i) {
	return text[i] === "*" && text[i + 1] === "/";
}

// registry/src/verdicts/find-json.ts
const longestRepair = 32768;
function findJson(text, repair) {
	const whole = parseContainer(text);
	if (whole !== void 0) return {
		value: whole,
		how: "whole",
		after: 0
	};
	for (const { start, end } of fencedBlocks(text).reverse()) {
		const value = parseContainer(text.slice(start, end));
		if (value !== void 0) return {
			value,
			how: "extracted",
			after: countSigns(text.slice(end + fence.length))
		};
	}
	const slice = lastBalanced(text, true) ?? lastBalanced(text, false);
	if (!slice) return void 0;
	const after = countSigns(text.slice(slice.end));
	const unreadable = {
		value: void 0,
		how: "unreadable",
		after
	};
	if (!repair && slice.isInner) return unreadable;
	const source = text.slice(slice.start, slice.end);
	const value = parseContainer(source);
	if (value !== void 0) return {
		value,
		how: "extracted",
		after
	};
	if (!repair || source.length > 32768) return unreadable;
	try {
		const mended = JSON.parse(jsonrepair(source));
		return typeof mended === "object" && mended !== null ? {
			value: mended,
			how: "repaired",
			after
		} : unreadable;
	} catch {
		return unreadable;
	}
}
function countSigns(text) {
	return text.match(/\S/gu)?.length ?? 0;
}
function parseContainer(text) {
	const first = text.trimStart()[0];
	if (first !== "{" && first !== "[") return void 0;
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const fence = "```";
function fencedBlocks(text) {
	const blocks = [];
	let open;
	for (const match of text.matchAll(/^[ \t]*```([^\n`]*)$|```[ \t]*$/gm)) {
		const isPlain = (match[1] ?? "").trim() === "";
		const end = match.index + match[0].length;
		if (open !== void 0 && isPlain) {
			blocks.push({
				start: open,
				end: match.index + match[0].indexOf(fence)
			});
			open = void 0;
		} else if (match[1] !== void 0) open = end;
	}
	return blocks;
}
function lastBalanced(text, acrossBreaks) {
	const open = [];
	const slices = [];
	let inString = false;
	for (let index = 0; index < text.length; index++) {
		const char = text[index];
		if (inString) {
			if (char === "\\") index++;
			else if (char === "\"" || char === "\n" && !acrossBreaks) inString = false;
		} else if (char === "\"" && open.length > 0) inString = true;
		else if (char === "{") open.push({
			start: index,
			closer: "}"
		});
		else if (char === "[") open.push({
			start: index,
			closer: "]"
		});
		else if (char === "}" || char === "]") {
			const last = open.pop();
			if (last?.closer !== char) open.length = 0;
			else {
				while (slices.length > 0 && (slices.at(-1)?.start ?? -1) > last.start) slices.pop();
				slices.push({
					start: last.start,
					end: index + 1
				});
			}
		}
	}
	const last = slices.at(-1);
	return last && {
		...last,
		isInner: open.some(({ start }) => start < last.start)
	};
}

// registry/src/verdicts/is-degenerate.ts
const longestUnit = 20;
function isDegenerate(text) {
	if (text.isWellFormed()) {
		const { marks, count } = markTokens(text);
		if (!hasRepeats(marks, count)) return false;
	}
	const tokens = text.match(/[\p{L}\p{N}_]+|([^\p{L}\p{N}_\s])\1*/gu) ?? [];
	return hasRepeats(tokens, tokens.length);
}
function hasRepeats(tokens, count) {
	for (let unit = 1; unit <= longestUnit; unit++) {
		const needed = unit * 7;
		for (let place = needed; place < count; place += needed) {
			if (tokens[place] !== tokens[place - unit]) continue;
			let first = place;
			while (first > unit && place - first < needed && tokens[first - 1] === tokens[first - 1 - unit]) first--;
			let end = place + 1;
			while (end < count && end - first < needed && tokens[end] === tokens[end - unit]) end++;
			if (end - first >= needed) return true;
		}
	}
	return false;
}
const space = 0;
const word = 1;
const sign = 2;
const wide = 3;
const byteKinds = Uint8Array.from({ length: 256 }, (_, byte) => byte < 128 ? kindOf(byte) : wide);
let wideKinds = /* @__PURE__ */ new Uint8Array(0);
const encoder = new TextEncoder();
let room = {
	bytes: /* @__PURE__ */ new Uint8Array(0),
	marks: /* @__PURE__ */ new Int32Array(0)
};
function markTokens(text) {
	if (room.bytes.length <= 3 * text.length) {
		const size = Math.max(16384, 6 * text.length + 1);
		room = {
			bytes: new Uint8Array(size),
			marks: new Int32Array(size)
		};
	}
	const { bytes, marks } = room;
	const kinds = byteKinds;
	const { written: end } = encoder.encodeInto(text, bytes);
	bytes[end] = 32;
	let count = 0;
	let at = 0;
	while (at < end) {
		const start = at;
		const byte = bytes[at];
		let kind = kinds[byte];
		if (kind === space) {
			at++;
			continue;
		}
		let point = byte;
		if (kind === wide) {
			point = pointAt(bytes, at);
			kind = kindOfWide(point);
		}
		if (kind === word) {
			at += widthOf(point);
			for (;;) {
				while (kinds[bytes[at]] === word) at++;
				if (kinds[bytes[at]] !== wide) break;
				const next = pointAt(bytes, at);
				if (kindOfWide(next) !== word) break;
				at += widthOf(next);
			}
		} else {
			const width = widthOf(point);
			for (at += width; at < end && bytes[at] === byte; at += width) if (byte >= 128 && pointAt(bytes, at) !== point) break;
			if (kind === space) continue;
		}
		marks[count++] = at - start << 16 | byte << 8 | bytes[at - 1];
	}
	return {
		marks,
		count
	};
}
function pointAt(bytes, at) {
	const lead = bytes[at];
	const next = (place) => bytes[at + place] & 63;
	if (lead < 224) return (lead & 31) << 6 | next(1);
	if (lead < 240) return (lead & 15) << 12 | next(1) << 6 | next(2);
	return (lead & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3);
}
function widthOf(point) {
	return point < 128 ? 1 : point < 2048 ? 2 : point < 65536 ? 3 : 4;
}
function kindOfWide(point) {
	if (wideKinds.length === 0) wideKinds = /* @__PURE__ */ new Uint8Array(1114112);
	const known = wideKinds[point];
	if (known > 0) return known - 1;
	const kind = kindOf(point);
	wideKinds[point] = kind + 1;
	return kind;
}
function kindOf(point) {
	const char = String.fromCodePoint(point);
	return /[\p{L}\p{N}_]/u.test(char) ? word : /\s/u.test(char) ? space : sign;
}

// registry/src/verdicts/read-verdict.ts
const verdictStatuses = [
	"request_error",
	"empty",
	"degenerate",
	"truncated",
	"no_json",
	"schema_error",
	"invalid_enum",
	"repaired",
	"ok_extracted",
	"ok"
];
const codes = new Map(verdictStatuses.map((status, code) => [status, code]));
function codeOfStatus(status) {
	return codes.get(status);
}
function isUsable(status) {
	return status === "ok" || status === "ok_extracted";
}
function readVerdict(row, rubric) {
	const { status, fields } = readFields(row, rubric);
	const named = fieldsOf(rubric).map(({ name }, place) => [name, fields[place]]);
	return {
		status,
		fields: Object.fromEntries(named)
	};
}
function readFields(row, rubric) {
	if (!row.ok) return wholeRow("request_error", rubric);
	const thought = dropThinking(row.content ?? "");
	if (thought === void 0) return wholeRow("truncated", rubric);
	const text = thought.trim();
	if (text === "") return wholeRow("empty", rubric);
	if (isDegenerate(text)) return wholeRow("degenerate", rubric);
	const cut = row.finishReason === "length";
	const found = findJson(text, !cut);
	if (found && found.after > 200) return wholeRow("degenerate", rubric);
	if (!found || found.how === "unreadable") return (rubric.accept === "bare" ? readBare(text, rubric) : void 0) ?? wholeRow(cut ? "truncated" : "no_json", rubric);
	const ceiling = found.how === "whole" ? "ok" : found.how === "extracted" ? "ok_extracted" : "repaired";
	return collect(rubric, ({ field, path, reasoning }) => {
		const verdict = readField(readParts(found.value, path), field);
		verdict.status = worse(verdict.status, ceiling);
		const says = reasoning && readParts(found.value, reasoning);
		if (typeof says === "string") verdict.reasoning = says;
		return verdict;
	});
}
const known = /* @__PURE__ */ new WeakMap();
function fieldsOf({ fields }) {
	let listed = known.get(fields);
	if (!listed) {
		listed = Object.entries(fields).map(([name, field]) => ({
			name,
			field,
			path: pointerParts(field.path),
			reasoning: field.reasoning === void 0 ? void 0 : pointerParts(field.reasoning)
		}));
		known.set(fields, listed);
	}
	return listed;
}
function dropThinking(content) {
	const close = content.lastIndexOf("</think>");
	const rest = close === -1 ? content : content.slice(close + 8);
	return rest.includes("<think>") ? void 0 : rest;
}
function readField(value, field) {
	switch (field.type) {
		case "nominal":
		case "ordinal": {
			if (typeof value !== "string") return { status: "schema_error" };
			if (field.scale.includes(value)) return {
				status: "ok",
				value
			};
			const near = field.scale.filter((entry) => fold(entry) === fold(value));
			return near.length === 1 && near[0] !== void 0 ? {
				status: "repaired",
				value: near[0]
			} : { status: "invalid_enum" };
		}
		case "boolean":
			if (typeof value === "boolean") return {
				status: "ok",
				value
			};
			if (typeof value === "string" && /^(true|false)$/i.test(value.trim())) return {
				status: "repaired",
				value: fold(value) === "true"
			};
			return { status: "schema_error" };
		case "number":
			if (typeof value === "number" && Number.isFinite(value)) return {
				status: "ok",
				value
			};
			if (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) && Number.isFinite(Number(value))) return {
				status: "repaired",
				value: Number(value)
			};
			return { status: "schema_error" };
		case "text": return typeof value === "string" ? {
			status: "ok",
			value
		} : { status: "schema_error" };
	}
}
function readBare(text, rubric) {
	const [name, field] = Object.entries(rubric.fields).find(([, entry]) => entry.primary === true) ?? [];
	if (name === void 0 || field === void 0 || field.type === "text") return void 0;
	const isQuotedKind = field.type === "boolean" || field.type === "number";
	const verdict = readField(text, field);
	if (verdict.value === void 0) return void 0;
	const status = isQuotedKind && String(verdict.value) === text ? "ok" : verdict.status;
	return collect(rubric, (entry) => entry.name === name ? {
		...verdict,
		status
	} : { status: "no_json" });
}
function wholeRow(status, rubric) {
	return {
		...collect(rubric, () => ({ status })),
		status
	};
}
function collect(rubric, read) {
	let status = "ok";
	const fields = fieldsOf(rubric).map((entry) => {
		const verdict = read(entry);
		if (entry.field.required) status = worse(status, verdict.status);
		return verdict;
	});
	return {
		status,
		fields
	};
}
function worse(a, b) {
	return codeOfStatus(a) < codeOfStatus(b) ? a : b;
}
function fold(text) {
	return text.trim().toLowerCase();
}

export { readVerdict as a, round as c, maskMessage as d, parseRow as f, readPointer as h, readFields as i, withholdMessage as l, describeJsonError as m, isUsable as n, verdictStatuses as o, readRow as p, readField as r, RowCounter as s, codeOfStatus as t, compareText as u };