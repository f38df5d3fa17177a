import { parentPort, workerData } from 'node:worker_threads'
import { scanLines, type ScanSettings } from './scan-lines.ts'
import { packScanned, type ScanTask, type ScanDone } from './scan-pool.ts'

const settings = workerData as ScanSettings

parentPort?.on('message', ({ buffer, length, offset, part }: ScanTask) => {
  const { packed, transfer } = packScanned(scanLines(Buffer.from(buffer, 0, length), offset, settings))
  parentPort?.postMessage({ part, packed, buffer } satisfies ScanDone, [buffer, ...transfer])
})
