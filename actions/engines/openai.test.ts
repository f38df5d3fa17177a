import { expect, test } from 'vitest'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { normaliseBaseUrl, openaiEngine } from './openai.ts'

test.each([
  ['http://127.0.0.1:8000', 'http://127.0.0.1:8000/v1'],
  ['http://127.0.0.1:8000/v1/', 'http://127.0.0.1:8000/v1'],
  ['https://models.example/api/v1', 'https://models.example/api/v1'],
])('%s is %s', (text, expected) => {
  expect(normaliseBaseUrl(text)).toBe(expected)
})

test.each(['127.0.0.1:8000', 'ftp://host/v1', 'http://me:secret@host/v1', ''])('%j is refused', (text) => {
  expect(() => normaliseBaseUrl(text)).toThrow('the endpoint can’t be used')
})

const start = (baseUrl: string, slug = 'tiny', hubId = 'test/tiny') => openaiEngine({ baseUrl, slug, hubId }).start()

test('vLLM is known by its models entry, with its version; the only model is taken', async () => {
  await using server = await startVllmProtocolServer({ answer: () => 'x', version: '0.32.0' })
  const { info } = await start(server.baseUrl)
  expect(info).toEqual({ name: 'vllm', version: '0.32.0', args: {}, servedModel: server.model })
})

test('an endpoint that does not answer names its URL', async () => {
  const server = await startVllmProtocolServer({ answer: () => 'x' })
  await server.close()
  await expect(start(server.baseUrl)).rejects.toMatchObject({
    problems: [expect.stringContaining('ECONNREFUSED')] as unknown,
  })
})

test('of several models one must be ours', async () => {
  await using server = await startVllmProtocolServer({ answer: () => 'x', models: ['a', 'test/tiny'] })
  expect((await start(server.baseUrl)).info.servedModel).toBe('test/tiny')
  await expect(start(server.baseUrl, 'other', 'test/other')).rejects.toMatchObject({
    problems: [expect.stringMatching(/serves a, test\/tiny, expected test\/other or other/)] as unknown,
  })
})
