import { speedArgs } from '../engines/engine-args.ts'
import type { EngineInfo } from '../engines/engine.ts'

/** Arguments that change speed, never an answer. */
const ofSpeed: ReadonlySet<string> = new Set(['sequences', 'threads', 'host', 'port', ...speedArgs])

/** What of an engine a journal may only be resumed with: not its host, port, concurrency or threads. */
export function fingerprintOf(info: EngineInfo): Record<string, unknown> {
  return {
    engine: info.name,
    version: info.version,
    served_model: info.servedModel,
    weights_sha256: info.weights?.sha256,
    chat_template_sha256: info.chatTemplateSha256,
    ...Object.fromEntries(Object.entries(info.args).filter(([name]) => !ofSpeed.has(name))),
  }
}

/** The parts in which two fingerprints differ, each as `part was a, is b`. Absent in both is equal. */
export function compareFingerprints(was: Record<string, unknown>, is: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((part) => JSON.stringify(was[part]) !== JSON.stringify(is[part]))
    .map((part) => `${part} was ${show(was[part])}, is ${show(is[part])}`)
}

function show(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value)
}
