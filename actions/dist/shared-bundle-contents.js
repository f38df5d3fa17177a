import { N as UserError, g as metaPathOf, x as digestFile } from "./shared-spool.js";
import { r as checkPlace } from "./shared-forge-options.js";
import { S as git, _ as writeTree, a as readLfsAuth, d as remoteUrl, f as retryLost, g as writeBlob, h as withIndex, i as findLfsUrl, n as askLfsServer, o as blobAt, t as LfsServerError, v as GitError, x as configEnv, y as authSettings } from "./shared-lfs-batch.js";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";

// actions/adapters/lfs.ts
async function findLfsTarget(repository, { remote, auth }, base) {
	const url = await findLfsUrl(repository, remote, base);
	const settings = authSettings(await remoteUrl(repository, remote), auth, [url]);
	return {
		remote,
		url,
		auth: /^https?:\/\//.test(url) ? await readLfsAuth(repository, remote, url, auth) : {},
		settings
	};
}
async function storeObject(repository, path, file) {
	const text = await git(repository, [
		"lfs",
		"clean",
		"--",
		path
	], { input: createReadStream(file) });
	const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
	return {
		text,
		...oid === void 0 ? {} : { oid }
	};
}
function pointerText(content) {
	if (content.bytes === 0) return "";
	return `version https://git-lfs.github.com/spec/v1\noid sha256:${content.sha256}\nsize ${content.bytes}\n`;
}
async function pushObjects(repository, target, oids) {
	if (oids.length === 0) return;
	try {
		await retryLost(() => git(repository, [
			"lfs",
			"push",
			"--object-id",
			target.remote,
			...oids
		], { env: targetEnv(target) }));
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError("the rows could not be sent", [`${target.remote}: ${error.stderr}: publish again; the bundle is kept`]);
	}
}
function targetEnv({ url, settings }) {
	return configEnv([
		...settings,
		["lfs.url", url],
		["lfs.pushurl", url]
	]);
}
async function confirmObjects(repository, target, confirmed) {
	if (confirmed.objects.length === 0) return;
	if (!/^https?:\/\//.test(target.url)) return fetchAnew(repository, target, confirmed);
	try {
		const { missing } = await askLfsServer(target.url, target.auth, confirmed.objects);
		if (missing.size === 0) return;
		const tell = ([oid, reason]) => `${withoutCredentials(target.url)}: object ${oid.slice(0, 12)}… is not there: ${reason}: publish again; the bundle is kept`;
		throw new UserError("the remote does not hold the rows", [...missing].map(tell));
	} catch (error) {
		if (!(error instanceof LfsServerError)) throw error;
		await fetchAnew(repository, target, confirmed);
	}
}
async function fetchAnew(repository, target, { ref, paths }) {
	const url = await remoteUrl(repository, target.remote);
	const env = targetEnv(target);
	const empty = await mkdtemp(join(tmpdir(), "batchledger-confirm-"));
	try {
		await git(empty, [
			"init",
			"--quiet",
			"--bare"
		]);
		await git(empty, [
			"remote",
			"add",
			"origin",
			url
		]);
		await git(empty, [
			"fetch",
			"--quiet",
			"--depth=1",
			"origin",
			ref
		], { env });
		await git(empty, [
			"lfs",
			"fetch",
			"origin",
			"FETCH_HEAD",
			`--include=${paths.join(",")}`
		], { env });
	} catch (error) {
		if (!(error instanceof GitError)) throw error;
		throw new UserError("the remote does not hold the rows", [`${withoutCredentials(url)}: ${error.stderr}: publish again; the bundle is kept`]);
	} finally {
		await rm(empty, {
			recursive: true,
			force: true
		});
	}
}
function withoutCredentials(url) {
	return url.replace(/\/\/[^/@]*@/, "//");
}

// actions/publish-run/bundle-contents.ts
const bundleParts = ["results", "log"];
async function checkBundle({ folder, meta }) {
	const problems = checkPlace(meta, metaPathOf(meta));
	for (const part of bundleParts) {
		const path = meta.files[part];
		const found = await digestFile(join(folder, path)).catch(() => void 0);
		if (!found) problems.push(`${join(folder, path)}: the meta names it, no such file: the bundle is damaged`);
		else if (found.sha256 !== meta.files.sha256[part]) problems.push(`${join(folder, path)}: sha256 is ${found.sha256.slice(0, 12)}…, the meta has ${meta.files.sha256[part].slice(0, 12)}…: the file was changed after the run`);
	}
	return problems;
}
async function storeContents(ledger, { folder, meta }) {
	const blobs = /* @__PURE__ */ new Map();
	const objects = [];
	for (const part of bundleParts) {
		const path = meta.files[part];
		const { oid, text } = await storeObject(ledger, path, join(folder, path));
		if (oid !== void 0) objects.push({
			oid,
			size: meta.files.bytes[part]
		});
		blobs.set(path, await writeBlob(ledger, text));
	}
	const metaPath = metaPathOf(meta);
	blobs.set(metaPath, await writeBlob(ledger, await readFile(join(folder, metaPath), "utf8")));
	return {
		blobs,
		objects
	};
}
async function differingPaths(ledger, commit, prefix, { blobs }) {
	const other = [];
	const absent = [];
	for (const [path, blob] of blobs) {
		const there = await blobAt(ledger, commit, prefix + path);
		if (there === void 0) absent.push(prefix + path);
		else if (there !== blob) other.push(prefix + path);
	}
	return {
		other,
		absent
	};
}
async function buildTree(ledger, base, prefix, { blobs }) {
	return withIndex(ledger, base, async (env) => {
		for (const [path, blob] of blobs) {
			if (!path.endsWith(".meta.json")) {
				if (!(await git(ledger, [
					"check-attr",
					"--cached",
					"filter",
					"--",
					path
				], { env })).trim().endsWith(": lfs")) throw new UserError("rows would not travel as LFS pointers", [`.gitattributes on main: ${path} has no filter=lfs: add "results/**/*.jsonl filter=lfs diff=lfs merge=lfs -text", and the same for *.log, and push it to main`]);
			}
			await git(ledger, [
				"update-index",
				"--add",
				"--cacheinfo",
				`100644,${blob},${prefix}${path}`
			], { env });
		}
		return writeTree(ledger, env);
	});
}

export { storeContents as a, pointerText as c, differingPaths as i, pushObjects as l, bundleParts as n, confirmObjects as o, checkBundle as r, findLfsTarget as s, buildTree as t };