import { i as scanLines, r as packScanned } from "./shared-scan-pool.js";
import { parentPort, workerData } from "node:worker_threads";

// registry/src/ledger/scan-worker.ts
const settings = workerData;
parentPort?.on("message", ({ buffer, length, offset, part }) => {
	const { packed, transfer } = packScanned(scanLines(Buffer.from(buffer, 0, length), offset, settings));
	parentPort?.postMessage({
		part,
		packed,
		buffer
	}, [buffer, ...transfer]);
});

export {  };