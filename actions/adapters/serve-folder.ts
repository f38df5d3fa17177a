import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import sirv from 'sirv'
import { UserError } from 'registry'

/** Serves a built site on 127.0.0.1. @param port 0 for a free one @throws UserError when there is no site or the port is taken */
export async function serveFolder(folder: string, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const index = await stat(join(folder, 'index.html')).catch(() => undefined)
  if (!index)
    throw new UserError('nothing to serve', [
      `${folder}: holds no index.html: build it with batchledger site build --out ${folder}`,
    ])
  const serve = sirv(folder, { etag: true, dev: true })
  const server = createServer((request, response) => {
    // a page elsewhere whose name was bound to 127.0.0.1 must not read rows (DNS rebinding)
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? ''))
      return void response.writeHead(421, { 'content-type': 'text/plain' }).end('Misdirected request')
    serve(request, response, () => void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found'))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UserError('the port is taken', [`--port ${port}: choose another, or 0 for a free one`])
          : error,
      ),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
