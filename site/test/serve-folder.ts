import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

export const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

export interface FolderServer {
  /** `http://127.0.0.1:<port><prefix>`, without a slash at the end */
  url: string
  close: () => Promise<void>
}

/** As plain a static server as there is, below a path of its own. */
export async function serveFolder(folder: string, prefix = ''): Promise<FolderServer> {
  const server = createServer((request, response) => {
    void answer(folder, prefix, request.url ?? '/').then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(folder: string, prefix: string, address: string) {
  const path = decodeURIComponent(new URL(address, 'http://host').pathname)
  const file = normalize(path.slice(prefix.length)) + (path.endsWith('/') ? 'index.html' : '')
  try {
    if (!path.startsWith(`${prefix}/`)) throw new Error('outside')
    return {
      status: 200,
      type: contentTypes[extname(file)] ?? 'application/octet-stream',
      body: await readFile(join(folder, file)),
    }
  } catch {
    return { status: 404, type: contentTypes['.html'] ?? '', body: await readFile(join(folder, '404.html')) }
  }
}
