import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findHidden } from './find-hidden.ts'

const marker = 'Zq7marker9x'
const codes = marker.split('').map((char) => char.charCodeAt(0))
const forms: Record<string, (text: string) => Buffer> = {
  plain: (text) => Buffer.from(text),
  'upper case': (text) => Buffer.from(text.toUpperCase()),
  'JSON, each letter escaped': () => Buffer.from(codes.map((c) => `\\u${c.toString(16).padStart(4, '0')}`).join('')),
  'a script’s \\x': () => Buffer.from(codes.map((c) => `\\x${c.toString(16)}`).join('')),
  'HTML, decimal': () => Buffer.from(codes.map((c) => `&#${c};`).join('')),
  'HTML, hexadecimal': () => Buffer.from(codes.map((c) => `&#x${c.toString(16)};`).join('')),
  'a URL, each letter escaped': () => Buffer.from(codes.map((c) => `%${c.toString(16)}`).join('')),
  base64: (text) => Buffer.from(Buffer.from(text).toString('base64')),
  base64url: (text) => Buffer.from(Buffer.from(text).toString('base64url')),
  hex: (text) => Buffer.from(Buffer.from(text).toString('hex')),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
}

describe('a marker is found in any form', () => {
  test.each(Object.entries(forms))('%s, alone and inside gzip twice', (_, form) => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const bytes = form(before + marker + after)
        expect(findHidden(bytes, marker)).not.toEqual([])
        const packed = Buffer.concat([Buffer.from('head'), gzipSync(gzipSync(bytes)), Buffer.from('tail')])
        expect(findHidden(packed, marker).join()).toContain('inside gzip')
      }),
      { numRuns: 30 },
    )
  })

  test('another marker is not it', () => {
    expect(findHidden(gzipSync('Zq7marker8x'), marker)).toEqual([])
  })
})
