import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { quoteCommand } from './quote-command.ts'

test('a shell reads back the words that were quoted', () => {
  const words = ['plain-word', 'two words', `it's "odd" $HOME \`x\` \\ *`, '', 'ü', '{"a": 1}']
  const said = execFileSync('sh', ['-c', `printf '%s\\n' ${quoteCommand(words)}`], { encoding: 'utf8' })
  expect(said.split('\n').slice(0, -1)).toEqual(words)
})
