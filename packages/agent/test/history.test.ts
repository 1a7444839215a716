import type { Message, ToolCall } from '@pawl/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validHistory } from '../src/index.ts'
import { problemsOf } from './messages.ts'

const ids = fc.constantFrom('', 'a', 'b', 'c')
const text = fc.constantFrom('', 'fine', 'half \ud83d', '\udc00 half', 'pair 😀')
const callOf = (id: fc.Arbitrary<string>): fc.Arbitrary<ToolCall> =>
  fc.oneof(
    fc
      .record({ id, args: fc.constantFrom('', '{}', '{"a":1}', '{"a":', 'no', '"half \ud83d"') })
      .map(({ id, args }) => ({ id, type: 'function' as const, function: { name: 'f', arguments: args } })),
    fc
      .record({ id, input: text })
      .map(({ id, input }) => ({ id, type: 'custom' as const, custom: { name: 'f', input } })),
  )
const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  text.map((content) => ({ role: 'user' as const, content })),
  text.map((part) => ({ role: 'user' as const, content: [{ type: 'text' as const, text: part }] })),
  text.map((content) => ({ role: 'system' as const, content })),
  fc.constant({ role: 'assistant' as const }),
  text.map((content) => ({ role: 'assistant' as const, content })),
  fc
    .record({ content: fc.option(text), calls: fc.array(callOf(ids), { maxLength: 3 }) })
    .map(({ content, calls }) => ({ role: 'assistant' as const, content, tool_calls: calls })),
  fc
    .record({ id: ids, content: text })
    .map(({ id, content }) => ({ role: 'tool' as const, tool_call_id: id, content })),
)

test('whatever a list of messages holds, what goes on is a valid request', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 12 }), (messages) => {
      expect(problemsOf(validHistory(messages))).toEqual([])
    }),
    { numRuns: 10_000 },
  )
})

test('a list that is valid passes as it is, and twice is the same as once', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 12 }), (messages) => {
      const once = validHistory(messages)
      expect(validHistory(once)).toBe(once)
      if (problemsOf(messages).length === 0) expect(once).toBe(messages)
    }),
    { numRuns: 10_000 },
  )
})

test('a call whose result is lost is told so, and an answer without a call is dropped', () => {
  const call: ToolCall = { id: 'a', type: 'function', function: { name: 'pay', arguments: '{}' } }
  expect(
    validHistory([
      { role: 'user', content: 'Pay' },
      { role: 'tool', tool_call_id: 'x', content: 'nobody asked' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'user', content: 'Well?' },
    ]),
  ).toEqual([
    { role: 'user', content: 'Pay' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'a', content: expect.stringContaining('lost') },
    { role: 'user', content: 'Well?' },
  ])
})

test('calls that share an id keep their own answers', () => {
  const call = (args: string): ToolCall => ({ id: 'a', type: 'function', function: { name: 'f', arguments: args } })
  const [, assistant, ...answers] = validHistory([
    { role: 'user', content: 'Both' },
    { role: 'assistant', content: null, tool_calls: [call('1'), call('2')] },
    { role: 'tool', tool_call_id: 'a', content: 'one' },
    { role: 'tool', tool_call_id: 'a', content: 'two' },
  ])
  const ids = assistant?.role === 'assistant' ? assistant.tool_calls?.map(({ id }) => id) : []
  expect(new Set(ids).size).toBe(2)
  expect(answers).toEqual(ids?.map((id, at) => ({ role: 'tool', tool_call_id: id, content: ['one', 'two'][at] })))
})
