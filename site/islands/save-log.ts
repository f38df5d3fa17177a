import type { LogSource } from './log-source.ts'

/** Puts the log together and hands it to the browser as a download. */
export async function saveLog(source: LogSource): Promise<void> {
  const parts: string[] = []
  for (const chunk of source.about.chunks.starts.keys())
    parts.push(...(await source.read(chunk)).map((line) => `${line}\n`))
  const address = URL.createObjectURL(new Blob(parts, { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = source.about.name.slice(source.about.name.lastIndexOf('/') + 1)
  link.click()
  URL.revokeObjectURL(address)
}
