import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { contentTypes as types } from '../../site/test/serve-folder.ts'

/** An address of its own for a page that holds nothing. */
export const emptyPage = '/empty.html'

/** A static server as they usually are: text is zipped, files may be kept by the browser. It ends with the process. */
export async function serveSite(folder: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void answer(folder, new URL(request.url ?? '/', 'http://host').pathname).then(({ status, type, body }) => {
      const zipped = type === undefined ? body : gzipSync(body)
      response.writeHead(status, {
        'content-type': type ?? 'application/octet-stream',
        'content-length': zipped.length,
        'cache-control': 'max-age=600',
        ...(type === undefined ? {} : { 'content-encoding': 'gzip' }),
      })
      response.end(zipped)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}`, close }
}

async function answer(folder: string, path: string): Promise<{ status: number; type?: string; body: Buffer }> {
  const html = { type: types['.html'] as string }
  if (path === emptyPage) return { status: 200, ...html, body: Buffer.from('<!doctype html><title>Empty</title>') }
  const file = normalize(decodeURIComponent(path)) + (path.endsWith('/') ? 'index.html' : '')
  const type = types[extname(file)]
  try {
    return { status: 200, ...(type === undefined ? {} : { type }), body: await readFile(join(folder, file)) }
  } catch {
    return { status: 404, ...html, body: Buffer.from('<!doctype html><title>Not found</title>') }
  }
}
