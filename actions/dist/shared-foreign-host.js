// actions/adapters/foreign-host.ts
function foreignHost(url) {
	if (/^file:\/\/(?:localhost)?\//i.test(url) || /^\.{0,2}\//.test(url)) return void 0;
	const host = /^(?:[^/@:]+@)?(\[[^\]]+\]|[^/:@]+):(?!\/\/)/.exec(url)?.[1] ?? (URL.canParse(url) ? new URL(url).hostname : url);
	return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host) ? void 0 : host;
}

export { foreignHost as t };