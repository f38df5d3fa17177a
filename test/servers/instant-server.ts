import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { complete } from './vllm-answers.ts'

/**
 * The fastest answer there is, for benchmarks of a client: no HTTP library, no parsing of bodies, one constant buffer.
 * Argument: bytes of the answer's body, 2,500 unless told. Ends when stdin ends.
 * It reads what Content-Length says (chunked requests are not understood) and takes pipelined requests.
 */
const wanted = Number(process.argv[2] ?? 2500)
const request = { model: 'test/tiny', messages: [{ role: 'user', content: 'constant' }] }
const empty = Buffer.byteLength(answerOf(''))
const body = answerOf('x'.repeat(Math.max(0, wanted - empty)))
const answer = withHead(body)
const models = withHead(
  '{"object":"list","data":[{"id":"test/tiny","object":"model","owned_by":"vllm","root":"test/tiny","max_model_len":1048576}]}',
)
const version = withHead('{"version":"0.32.0"}')
const unknown = Buffer.from(
  'HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 22\r\n\r\n{"detail":"Not Found"}',
)
const endOfHead = Buffer.from('\r\n\r\n')

process.stdin.resume().on('end', () => process.exit(0))
const server = createServer({ noDelay: true }, serve)
server.listen(0, '127.0.0.1', 4096, () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ ready: true, port, pid: process.pid })}\n`)
})

function serve(socket: Socket): void {
  /** what came of a head that is not whole yet */
  let rest: Buffer | undefined
  /** bytes of the present body still to come */
  let missing = 0
  let pending: Buffer = answer
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    let bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk])
    rest = undefined
    for (;;) {
      if (missing > 0) {
        const taken = Math.min(missing, bytes.length)
        missing -= taken
        bytes = bytes.subarray(taken)
        if (missing > 0) return
        socket.write(pending)
      }
      if (bytes.length === 0) return
      const end = bytes.indexOf(endOfHead)
      if (end === -1) {
        rest = bytes
        return
      }
      const head = bytes.toString('latin1', 0, end)
      bytes = bytes.subarray(end + 4)
      pending = answerTo(head)
      missing = Number(/\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      if (missing === 0) socket.write(pending)
    }
  })
}

function answerTo(head: string): Buffer {
  if (head.startsWith('POST /v1/chat/completions ')) return answer
  if (head.startsWith('GET /v1/models ')) return models
  if (head.startsWith('GET /version ')) return version
  return unknown
}

function answerOf(text: string): string {
  return JSON.stringify(complete(request, text).body)
}

function withHead(text: string): Buffer {
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
}
