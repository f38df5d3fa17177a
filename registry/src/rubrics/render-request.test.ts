import { expect, test } from 'vitest'
import { checkTemplate, renderMessages } from './render-request.ts'

const rubric = {
  prompt: { system: 'Judge by:\n{{criteria}}', user: '{{record/name}}: {{record}}' },
  criteria: { degree: '- a degree helps\n', firms: '- so do good firms' },
}

test('criteria, record and single values are filled in, the id is not shown', () => {
  expect(renderMessages(rubric, { custom_id: 'c-1', name: 'Ada', years: 3 })).toEqual([
    { role: 'system', content: 'Judge by:\n## degree\n- a degree helps\n\n## firms\n- so do good firms' },
    { role: 'user', content: 'Ada: {"name":"Ada","years":3}' },
  ])
})

test('an id that stands deeper is not shown either', () => {
  const [, user] = renderMessages(rubric, { name: 'Ada', meta: { id: 'secret', age: 3 } }, '/meta/id')
  expect(user?.content).toBe('Ada: {"name":"Ada","meta":{"age":3}}')
})

test('a placeholder inside a record stays text', () => {
  const [, user] = renderMessages(rubric, { custom_id: 'c-1', name: '{{criteria}}' })
  expect(user?.content).toBe('{{criteria}}: {"name":"{{criteria}}"}')
})

test('unknown placeholders are all told', () => {
  expect(checkTemplate({ prompt: { system: '{{criterias}}', user: '{{ row }}' } })).toEqual([
    'prompt.system: {{criterias}} is unknown: use {{criteria}}, {{record}} or {{record/name}}',
    'prompt.user: {{row}} is unknown: use {{criteria}}, {{record}} or {{record/name}}',
  ])
})
