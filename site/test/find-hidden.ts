import { gunzipSync, inflateRawSync } from 'node:zlib'

/*
 * Looks for a marker (letters and digits) in bytes, in whatever form it may stand there: plain, in other letter case,
 * escaped for JSON, HTML, a URL or a script, in base64 at any offset, as hex, in UTF-16, and all of that inside gzip.
 */

/** How the marker stands there; none where it doesn't. */
export function findHidden(bytes: Buffer, marker: string): string[] {
  const found = new Set<string>()
  for (const part of [bytes, ...unpack(bytes)]) {
    const inside = part === bytes ? '' : ' inside gzip'
    for (const [form, holds] of looks(part, marker)) if (holds) found.add(form + inside)
  }
  return [...found]
}

function looks(bytes: Buffer, marker: string): [form: string, holds: boolean][] {
  const text = bytes.toString('latin1')
  const small = marker.toLowerCase()
  return [
    ['plain', text.toLowerCase().includes(small)],
    ['escaped', unescape(text).toLowerCase().includes(small)],
    ['base64', base64Cores(marker).some((core) => text.includes(core))],
    ['hex', text.toLowerCase().includes(Buffer.from(marker).toString('hex'))],
    ['UTF-16', text.toLowerCase().includes(small.split('').join('\0'))],
  ]
}

function unescape(text: string): string {
  const char = (code: string, radix: number) => String.fromCharCode(Number.parseInt(code, radix) & 0xffff)
  return text
    .replaceAll(/&#x([0-9a-f]{1,6});?/gi, (_, code: string) => char(code, 16))
    .replaceAll(/&#(\d{1,7});?/g, (_, code: string) => char(code, 10))
    .replaceAll(/\\+u\{?([0-9a-f]{4,6})\}?/gi, (_, code: string) => char(code, 16))
    .replaceAll(/\\+x([0-9a-f]{2})/gi, (_, code: string) => char(code, 16))
    .replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => char(code, 16))
}

/** What of a marker's base64 is the same whatever stands before and after it, at each of the three offsets. */
function base64Cores(marker: string): string[] {
  return [0, 1, 2].map((offset) => {
    const coded = Buffer.from('\0'.repeat(offset) + marker)
      .toString('base64')
      .replace(/=+$/, '')
    const first = offset === 0 ? 0 : offset + 1
    const whole = Math.floor(((offset + marker.length) * 8) / 6)
    return coded.slice(first, whole)
  })
}

/** Each gzip or raw deflate stream that starts with gzip's magic, and what is packed inside it again. */
function unpack(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = bytes.indexOf('1f8b08', 0, 'hex'); at !== -1; at = bytes.indexOf('1f8b08', at + 1, 'hex')) {
    const inner = inflate(bytes.subarray(at))
    if (inner && inner.length > 0) found.push(inner, ...unpack(inner))
  }
  return found
}

function inflate(bytes: Buffer): Buffer | undefined {
  for (const read of [() => gunzipSync(bytes), () => inflateRawSync(bytes.subarray(10))])
    try {
      return read()
    } catch (error) {
      // three bytes that look like gzip's start are none
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  return undefined
}
