import { downloadFile } from './download-file.ts'
import type { LogSource } from './log-source.ts'

/** Puts the log together and hands it to the browser as a download. */
export async function saveLog(source: LogSource): Promise<void> {
  const parts: string[] = []
  for (const chunk of source.about.chunks.starts.keys())
    parts.push(...(await source.read(chunk)).map((line) => `${line}\n`))
  downloadFile(source.about.name.slice(source.about.name.lastIndexOf('/') + 1), parts, 'text/plain')
}
