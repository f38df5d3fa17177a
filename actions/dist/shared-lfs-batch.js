import { W as UserError } from "./shared-spool.js";
import { Readable } from "node:stream";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { pipeline } from "node:stream/promises";
import { spawn } from "node:child_process";

// actions/adapters/git.ts
var GitError = class extends Error {
	name = "GitError";
	code;
	stderr;
	constructor(args, code, stderr) {
		super(`git ${args.join(" ")}: ${stderr.trim() || `exit code ${code}`}`);
		this.code = code;
		this.stderr = stderr.trim();
	}
};
async function git(folder, args, options = {}) {
	const { GIT_DIR: _1, GIT_WORK_TREE: _2, GIT_INDEX_FILE: _3, GIT_PREFIX: _4, ...outer } = process.env;
	const child = spawn("git", args, {
		cwd: folder,
		env: {
			...outer,
			GIT_TERMINAL_PROMPT: "0",
			LC_ALL: "C",
			...options.env
		},
		stdio: [
			options.input ? "pipe" : "ignore",
			"pipe",
			"pipe"
		]
	});
	const [stdout, stderr, code] = await Promise.all([
		options.output && child.stdout ? pipeline(child.stdout, options.output).then(() => "") : collect(child.stdout),
		collect(child.stderr),
		new Promise((resolve, reject) => {
			child.once("error", reject);
			child.once("close", resolve);
		}),
		options.input && child.stdin ? pipeline(options.input, child.stdin).catch(() => void 0) : void 0
	]);
	if (code !== 0) throw new GitError(args, code, stderr);
	return stdout;
}
async function collect(stream) {
	const chunks = [];
	for await (const chunk of stream ?? []) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}
async function resolveRef(folder, ref) {
	try {
		return (await git(folder, [
			"rev-parse",
			"--verify",
			"--quiet",
			`${ref}^{commit}`
		])).trim();
	} catch (error) {
		if (error instanceof GitError && error.code === 1) return void 0;
		throw error;
	}
}
async function committerEnv(folder) {
	try {
		await git(folder, ["config", "user.email"]);
		return {};
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		const name = "batchledger";
		const email = "batchledger@localhost";
		return {
			GIT_AUTHOR_NAME: name,
			GIT_AUTHOR_EMAIL: email,
			GIT_COMMITTER_NAME: name,
			GIT_COMMITTER_EMAIL: email
		};
	}
}
function configEnv(settings) {
	const before = Number(process.env["GIT_CONFIG_COUNT"] ?? 0);
	const env = { GIT_CONFIG_COUNT: String(before + settings.length) };
	for (const [index, [key, value]] of settings.entries()) {
		env[`GIT_CONFIG_KEY_${before + index}`] = key;
		env[`GIT_CONFIG_VALUE_${before + index}`] = value;
	}
	return env;
}
function authSettings(url, auth, scopes = []) {
	if (!auth || !/^https?:\/\//.test(url)) return [];
	const { origin } = new URL(url);
	const basic = Buffer.from(`x-access-token:${auth.token}`).toString("base64");
	const own = scopes.filter((scope) => URL.canParse(scope) && new URL(scope).origin === origin);
	return [`${origin}/`, ...own].flatMap((scope) => {
		const key = `http.${scope}.extraheader`;
		return [[key, ""], [key, `Authorization: Basic ${basic}`]];
	});
}
function whyNotPushed(error) {
	const { stderr } = error;
	if (/cannot lock ref|failed to update ref|failed to lock|incorrect old value|reference already exists/i.test(stderr)) return "moved";
	if (/non-fast-forward|fetch first|stale info/i.test(stderr)) return "moved";
	return /protected|hook declined|GH00\d|GH01\d|denied|not allowed|not permitted|forbidden|error: 40[134]|not found|authenticat|authorization error|could not read username|does not appear to be a git repository|couldn't find remote ref/i.test(stderr) ? "refused" : "lost";
}
function isUnauthorised({ stderr }) {
	return /could not read username|authenticat|authorization error|error: 401/i.test(stderr);
}

// node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;
const isError = (value) => objectToString.call(value) === "[object Error]";
const errorMessages = /* @__PURE__ */ new Set([
	"network error",
	"NetworkError when attempting to fetch resource.",
	"The Internet connection appears to be offline.",
	"Network request failed",
	"fetch failed",
	"terminated",
	" A network error occurred.",
	"Network connection lost"
]);
function isNetworkError(error) {
	if (!(error && isError(error) && error.name === "TypeError" && typeof error.message === "string")) return false;
	const { message, stack } = error;
	if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) return stack === void 0 || "__sentry_captured__" in error;
	if (message.startsWith("error sending request for url")) return true;
	if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) return true;
	return errorMessages.has(message);
}

// node_modules/p-retry/index.js
function validateRetries(retries) {
	if (typeof retries === "number") {
		if (retries < 0) throw new TypeError("Expected `retries` to be a non-negative number.");
		if (Number.isNaN(retries)) throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
		if (Number.isFinite(retries) && !Number.isInteger(retries)) throw new TypeError("Expected `retries` to be a non-negative integer or Infinity.");
	} else if (retries !== void 0) throw new TypeError("Expected `retries` to be a number or Infinity.");
}
function validateNumberOption(name, value, { allowInfinity = false } = {}) {
	if (typeof value !== "number" || Number.isNaN(value)) throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
	if (!allowInfinity && !Number.isFinite(value)) throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	if (value < 0) throw new TypeError(`Expected \`${name}\` to be \u{2265} 0.`);
}
function validateOption(name, value, type) {
	if (value === void 0 || value === null) return;
	if (typeof value !== type) throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
}
function validateSignal(value) {
	if (value === void 0 || value === null) return;
	if (typeof value.throwIfAborted !== "function" || typeof value.addEventListener !== "function" || typeof value.removeEventListener !== "function") throw new TypeError("Expected `signal` to be an AbortSignal.");
}
var AbortError = class AbortError extends Error {
	constructor(message) {
		super(typeof message === "string" ? message : void 0);
		this.name = "AbortError";
		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			this.originalError = new Error(message);
			({message} = this.originalError);
			Error.captureStackTrace?.(this.originalError, AbortError);
		}
		this.message = message;
	}
};
const maximumDelay = 2 ** 31 - 1;
function calculateDelay(retriesConsumed, options) {
	if (options.minTimeout === 0) return 0;
	const attempt = retriesConsumed + 1;
	const random = options.randomize ? Math.random() + 1 : 1;
	const timeout = Math.round(random * options.minTimeout * options.factor ** (attempt - 1));
	return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
}
function calculateRemainingTime(start, max) {
	return Number.isFinite(max) ? max - (performance.now() - start) : max;
}
async function delayForRetry(delay, options) {
	if (delay <= 0) return;
	await new Promise((resolve, reject) => {
		const onAbort = () => {
			clearTimeout(timeoutToken);
			reject(options.signal.reason);
		};
		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener("abort", onAbort);
			resolve();
		}, delay);
		if (options.unref) timeoutToken.unref?.();
		options.signal?.addEventListener("abort", onAbort, { once: true });
	});
}
function stringifyThrownValue(value) {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}
function unwrapAbortError(error) {
	let cause = error;
	while (cause instanceof AbortError && cause.originalError instanceof Error) cause = cause.originalError;
	return cause;
}
async function onAttemptFailure({ error, attemptNumber, retriesConsumed, startTime, options }) {
	const abortIfNeeded = () => {
		options.signal?.throwIfAborted();
	};
	const normalizedError = error instanceof Error ? error : /* @__PURE__ */ new TypeError(`Non-error was thrown: "${stringifyThrownValue(error)}". You should only throw errors.`);
	abortIfNeeded();
	if (normalizedError instanceof AbortError) throw unwrapAbortError(normalizedError);
	const retriesLeft = options.retries - retriesConsumed;
	const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);
	const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
	const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;
	const consumeRetryContext = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: delayTime
	});
	const consumeRetry = await options.shouldConsumeRetry(consumeRetryContext) ?? true;
	abortIfNeeded();
	const effectiveDelay = consumeRetry ? delayTime : 0;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: effectiveDelay
	});
	await options.onFailedAttempt(context);
	abortIfNeeded();
	const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);
	if (!isRetriableError || remainingTime <= 0 || retriesLeft <= 0) throw normalizedError;
	const shouldRetry = await options.shouldRetry(context);
	abortIfNeeded();
	if (!shouldRetry) throw normalizedError;
	const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);
	if (remainingTimeAfterShouldRetry <= 0) throw normalizedError;
	if (!consumeRetry) return false;
	await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);
	return true;
}
async function pRetry(input, options = {}) {
	options = { ...options };
	options.retries ??= 10;
	validateRetries(options.retries);
	if (Object.hasOwn(options, "forever")) throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
	options.factor ??= 2;
	options.minTimeout ??= 1e3;
	options.maxTimeout ??= Infinity;
	options.maxRetryTime ??= Infinity;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;
	validateOption("onFailedAttempt", options.onFailedAttempt, "function");
	validateOption("shouldRetry", options.shouldRetry, "function");
	validateOption("shouldConsumeRetry", options.shouldConsumeRetry, "function");
	validateOption("randomize", options.randomize, "boolean");
	validateOption("unref", options.unref, "boolean");
	validateSignal(options.signal);
	validateNumberOption("factor", options.factor);
	validateNumberOption("minTimeout", options.minTimeout);
	validateNumberOption("maxTimeout", options.maxTimeout, { allowInfinity: true });
	validateNumberOption("maxRetryTime", options.maxRetryTime, { allowInfinity: true });
	if (options.factor === 0) options.factor = 1;
	options.signal?.throwIfAborted();
	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();
	while (retriesConsumed <= options.retries) {
		attemptNumber++;
		try {
			options.signal?.throwIfAborted();
			const result = await input(attemptNumber);
			options.signal?.throwIfAborted();
			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options
			})) retriesConsumed++;
		}
	}
	throw new Error("Retry attempts exhausted without throwing an error.");
}

// actions/adapters/git-plumbing.ts
const tokenMend = "the remote wants a token and has got none, or one that is no longer valid: give one, or run the job again for a new one; it goes on where it stopped";
async function checkRemote(repository, remote) {
	const known = (await git(repository, ["remote"])).split("\n").filter(Boolean);
	if (known.includes(remote)) return [];
	const list = known.length === 0 ? "there is none" : `known: ${known.join(", ")}`;
	return [`--remote ${JSON.stringify(remote)}: no such remote; ${list}; add it with git remote add NAME URL`];
}
async function remoteUrl(repository, remote) {
	return (await git(repository, [
		"remote",
		"get-url",
		"--push",
		remote
	])).trim();
}
async function ledgerPrefix(ledger) {
	try {
		return (await git(ledger, ["rev-parse", "--show-prefix"])).trim();
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError("the ledger is not a Git repository", [`${ledger}: ${error.stderr}: make one with git init`]);
	}
}
async function fetchBase(repository, remote, base, env = {}) {
	try {
		const refspec = `+refs/heads/${base}:refs/remotes/${remote}/${base}`;
		await retryMoved(() => git(repository, [
			"fetch",
			"--quiet",
			"--no-tags",
			remote,
			refspec
		], { env }), waits.retries);
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError(`the remote’s ${base} can’t be read`, [`--remote ${remote}: ${error.stderr}: ${isUnauthorised(error) ? tokenMend : `add the remote (git remote add ${remote} URL) and push ${base} to it first`}`]);
	}
	const commit = await resolveRef(repository, `refs/remotes/${remote}/${base}`);
	if (commit === void 0) throw new Error(`${remote}/${base} was fetched and isn't there`);
	return commit;
}
async function remoteHead(repository, remote, branch, env = {}) {
	return (await retryLost(() => git(repository, [
		"ls-remote",
		remote,
		`refs/heads/${branch}`
	], { env }))).split("	")[0]?.trim() || void 0;
}
async function blobAt(repository, commit, path) {
	return (await git(repository, [
		"ls-tree",
		"--full-tree",
		commit,
		"--",
		path
	])).split(/\s/)[2];
}
async function writeBlob(repository, text) {
	return (await git(repository, [
		"hash-object",
		"-w",
		"--stdin"
	], { input: Readable.from([text]) })).trim();
}
async function withIndex(repository, commit, work) {
	const folder = await mkdtemp(join(tmpdir(), "batchledger-index-"));
	const env = { GIT_INDEX_FILE: join(folder, "index") };
	try {
		await git(repository, ["read-tree", commit], { env });
		return await work(env);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
async function writeTree(repository, env) {
	return (await git(repository, ["write-tree", "--missing-ok"], { env })).trim();
}
const waits = {
	retries: 4,
	minTimeout: 300,
	factor: 2,
	maxTimeout: 5e3,
	randomize: true
};
function retryLost(command) {
	return pRetry(command, {
		...waits,
		shouldRetry: ({ error }) => error instanceof GitError && whyNotPushed(error) === "lost"
	});
}
function retryMoved(command, retries = 8) {
	return pRetry(command, {
		...waits,
		retries,
		shouldRetry: ({ error }) => error instanceof GitError && whyNotPushed(error) !== "refused"
	});
}

// actions/adapters/lfs-batch.ts
var LfsServerError = class extends UserError {
	name = "LfsServerError";
};
const batchSize = 100;
const timeoutMs = 6e4;
const mediaType = "application/vnd.git-lfs+json";
async function findLfsUrl(repository, remote, mainRef) {
	const configured = await mainLfsUrl(repository, mainRef) ?? await readSetting(repository, [
		"config",
		"--get",
		"lfs.url"
	]);
	if (configured !== void 0) return configured.replace(/\/+$/, "");
	const url = (await remoteUrl(repository, remote)).replace(/\/+$/, "");
	if (!/^https?:\/\//.test(url)) return url;
	return `${url}${url.endsWith(".git") ? "" : ".git"}/info/lfs`;
}
async function mainLfsUrl(repository, mainRef) {
	const blob = await blobAt(repository, mainRef, ".lfsconfig");
	return blob === void 0 ? void 0 : readSetting(repository, [
		"config",
		"--blob",
		blob,
		"--get",
		"lfs.url"
	]);
}
async function readSetting(repository, args, env = {}) {
	try {
		return (await git(repository, args, { env })).trim() || void 0;
	} catch (error) {
		if (error instanceof GitError && error.code === 1) return void 0;
		throw error;
	}
}
async function readLfsAuth(repository, remote, endpoint, auth) {
	const env = configEnv(authSettings(await remoteUrl(repository, remote), auth, [endpoint]));
	const header = await readSetting(repository, [
		"config",
		"--get-urlmatch",
		"http.extraheader",
		endpoint
	], env);
	const authorization = /^authorization:\s*(.*)$/i.exec(header ?? "")?.[1];
	if (authorization !== void 0) return { authorization };
	const { username, password } = new URL(endpoint);
	if (username === "") return {};
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
async function askLfsServer(endpoint, auth, objects) {
	const present = /* @__PURE__ */ new Set();
	const missing = /* @__PURE__ */ new Map();
	for (let from = 0; from < objects.length; from += batchSize) {
		const batch = objects.slice(from, from + batchSize);
		const answers = await postBatch(endpoint, auth, "download", batch);
		for (const { oid } of batch) {
			const answer = answers?.get(oid);
			if (answer?.actions?.["download"] !== void 0 && answer.error === void 0) present.add(oid);
			else missing.set(oid, tellMissing(answers === void 0, answer));
		}
	}
	return {
		present,
		missing
	};
}
function tellMissing(wholeBatch, answer) {
	if (wholeBatch) return "the server answers 404 to the whole batch: it holds none of it, or its address is wrong";
	if (answer?.error !== void 0) return `${answer.error.code ?? ""} ${answer.error.message ?? ""}`.trim();
	return "the server names no download for it";
}
async function askUpload(endpoint, auth, objects) {
	const targets = [];
	for (let from = 0; from < objects.length; from += batchSize) {
		const answers = await postBatch(endpoint, auth, "upload", objects.slice(from, from + batchSize));
		if (answers === void 0) throw refusal(endpoint, "the address is unknown there (404)");
		for (const { error, actions } of answers.values()) {
			if (error !== void 0) throw refusal(endpoint, `${error.code ?? ""} ${oneLine(error.message ?? "")}`.trim());
			for (const action of Object.values(actions ?? {})) if (action.href !== void 0) targets.push(action.href);
		}
	}
	return targets;
}
async function postBatch(endpoint, { authorization }, operation, objects) {
	const url = new URL(`${endpoint}/objects/batch`);
	url.username = "";
	url.password = "";
	const response = await fetchPatiently(url, {
		method: "POST",
		headers: {
			accept: mediaType,
			"content-type": mediaType,
			...authorization === void 0 ? {} : { authorization }
		},
		body: JSON.stringify({
			operation,
			transfers: ["basic"],
			objects,
			hash_algo: "sha256"
		}),
		redirect: "manual"
	});
	if (response.status === 404) return void 0;
	if (!response.ok) throw refusal(endpoint, await tellRefusal(response));
	const answer = await response.json().catch(() => void 0);
	if (!Array.isArray(answer?.objects)) throw refusal(endpoint, "its answer is not that of a Batch API");
	return new Map(answer.objects.map((object) => [object.oid ?? "", object]));
}
async function tellRefusal(response) {
	const { status } = response;
	if (status === 401 || status === 403) return `it refuses us (${status}): give a token or a credential that may read and write there`;
	if (status >= 300 && status < 400) return `it sends us elsewhere (${status}, ${oneLine(response.headers.get("location") ?? "")}): put the real address into .lfsconfig on main`;
	return `it answers ${status} (${oneLine(await response.text().catch(() => ""))})`;
}
async function fetchPatiently(url, request) {
	try {
		return await pRetry(async () => {
			const response = await fetch(url, {
				...request,
				signal: AbortSignal.timeout(timeoutMs)
			});
			if (response.status >= 500 || response.status === 429) throw new Busy(response);
			return response;
		}, {
			retries: 3,
			minTimeout: 300,
			factor: 2,
			randomize: true,
			shouldRetry: ({ error }) => !(error instanceof Busy) || error.waitSeconds <= 120,
			onFailedAttempt: async ({ error }) => {
				if (error instanceof Busy && error.waitSeconds > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(error.waitSeconds, 120) * 1e3));
			}
		});
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const cause = error.cause instanceof Error ? error.cause.message : error.message;
		throw refusal(url.href, `can't be reached (${oneLine(cause)}): look at the server, then try again`);
	}
}
var Busy = class extends Error {
	waitSeconds;
	constructor(response) {
		super(`HTTP ${response.status}`);
		this.waitSeconds = Number(response.headers.get("retry-after") ?? 0) || 0;
	}
};
function refusal(endpoint, finding) {
	const url = new URL(endpoint);
	return new LfsServerError("the LFS server gives no answer", [`${url.origin}${url.pathname}: ${finding}`]);
}
function oneLine(text) {
	return text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim().slice(0, 200);
}

export { isUnauthorised as C, git as S, whyNotPushed as T, writeTree as _, readLfsAuth as a, committerEnv as b, fetchBase as c, remoteUrl as d, retryLost as f, writeBlob as g, withIndex as h, findLfsUrl as i, ledgerPrefix as l, tokenMend as m, askLfsServer as n, blobAt as o, retryMoved as p, askUpload as r, checkRemote as s, LfsServerError as t, remoteHead as u, GitError as v, resolveRef as w, configEnv as x, authSettings as y };