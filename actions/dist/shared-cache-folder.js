import { isAbsolute, join } from "node:path";
import { homedir } from "node:os";

// actions/adapters/cache-folder.ts
const llamaCppPackage = {
	name: "node-llama-cpp",
	version: "3.22.1"
};
function cacheFolder(env) {
	if (env["BATCHLEDGER_CACHE"]) return env["BATCHLEDGER_CACHE"];
	const xdg = env["XDG_CACHE_HOME"] ?? "";
	return join(isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), "batchledger");
}
function weightsPath(cache, weights) {
	return join(cache, "weights", weights.sha256, weights.file);
}
function llamaCppFolder(cache) {
	return join(cache, "tools", `${llamaCppPackage.name}-${llamaCppPackage.version}`);
}

export { weightsPath as i, llamaCppFolder as n, llamaCppPackage as r, cacheFolder as t };