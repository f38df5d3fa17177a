import { expect, test } from 'vitest'
import { pinStandIns } from './push-repository.ts'

const real = '08c6903cd8c0fde910a37f88322edcfb5dd907a8'
const own = 'a'.repeat(40)
const commits = new Map([['actions/checkout', own]])

test('a pinned action points to its stand-in, the rest of the workflow stays', () => {
  const text = `jobs:\n  a:\n    steps:\n      - uses: actions/checkout@${real} # v5.0.0\n        with: { lfs: true }\n      - uses: ./actions/run-batch\n`
  expect(pinStandIns(text, 'ci.yml', commits)).toBe(
    text.replace(`${real} # v5.0.0`, `${own} # the forge test's stand-in`),
  )
})

test('each action without a stand-in is named, with the file', () => {
  const text = `- uses: actions/cache@${real}\n- uses: someone/tool/sub@${real} # v1\n`
  expect(() => pinStandIns(text, 'ci.yml', commits)).toThrow(/ci\.yml: .*actions\/cache.*someone\/tool\/sub/)
})
