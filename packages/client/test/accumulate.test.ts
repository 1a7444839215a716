import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAccumulator } from '../src/stream/accumulate.ts'
import type { ChatCompletionChunk, ToolCallDelta } from '../src/types/chunk.ts'
import type { ChatCompletion } from '../src/types/completion.ts'
import { fold, piecesOf } from './chunks.ts'

const chunk = (delta: object, finish: string | null = null, more: object = {}) =>
  ({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...more,
  }) as ChatCompletionChunk
const stop = chunk({}, 'stop')
const messageOf = (chunks: readonly ChatCompletionChunk[]) => fold(chunks).choices[0]?.message

describe('a message from deltas', () => {
  test.each([
    ['content', [{ content: 'a' }, { content: '' }, { content: null }, { content: 'b' }], { content: 'ab' }],
    ['a refusal', [{ refusal: 'n' }, { refusal: 'o' }], { content: null, refusal: 'no' }],
    [
      'thinking under one name',
      [{ reasoning_content: 'a' }, { reasoning_content: 'b' }],
      { content: null, reasoning_content: 'ab' },
    ],
    [
      'thinking in parts',
      [
        {
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'a' }] },
            { type: 'text', text: 'b' },
          ],
        },
      ],
      { content: 'b', reasoning_content: 'a' },
    ],
    [
      'details of thinking, in pieces',
      [
        { reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'a' }] },
        { reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'b', signature: 's' }] },
      ],
      { content: null, reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'ab', signature: 's' }] },
    ],
    [
      'audio',
      [{ audio: { id: 'a', data: 'x' } }, { audio: { data: 'y', transcript: 't' } }, { audio: { expires_at: 9 } }],
      { content: null, audio: { id: 'a', data: 'xy', transcript: 't', expires_at: 9 } },
    ],
    [
      'an old function call',
      [{ function_call: { name: 'f', arguments: '{' } }, { function_call: { arguments: '}' } }],
      { content: null, function_call: { name: 'f', arguments: '{}' } },
    ],
    ['unknown fields', [{ channel: 'x' }, { channel: 'y' }], { content: null, channel: 'y' }],
    ['keys of prototypes', [JSON.parse('{"__proto__":{"evil":1},"content":"a"}')], { content: 'a' }],
  ])('%s', (_, deltas, message) => {
    expect(messageOf([...deltas.map((delta) => chunk(delta)), stop])).toEqual({ role: 'assistant', ...message })
  })
})

describe('calls from deltas', () => {
  const head = (more: object, text = ''): ToolCallDelta => ({
    type: 'function',
    function: { name: 'f', arguments: text },
    ...more,
  })
  const tail = (more: object, text: string): ToolCallDelta => ({ function: { arguments: text }, ...more })
  const call = (id: string, text: string) => ({ id, type: 'function', function: { name: 'f', arguments: text } })
  test.each([
    ['by index', [head({ index: 0, id: 'a' }), tail({ index: 0 }, '{}')], [call('a', '{}')]],
    [
      'ids once, late',
      [head({ index: 0 }), { index: 0, id: 'a' }, tail({ index: 0 }, '{"x":1}')],
      [call('a', '{"x":1}')],
    ],
    [
      'a new id at a used index',
      [head({ index: 0, id: 'a' }, '1'), head({ index: 0, id: 'b' }, '2')],
      [call('a', '1'), call('b', '2')],
    ],
    ['no index', [head({ id: 'a' }, '1'), tail({}, '2'), head({ id: 'b' }, '3')], [call('a', '12'), call('b', '3')]],
    [
      'out of order',
      [head({ index: 1, id: 'b' }, '1'), head({ index: 0, id: 'a' }, '2')],
      [call('a', '2'), call('b', '1')],
    ],
    ['the first index is 1', [head({ index: 1, id: 'a' }, '1')], [call('a', '1')]],
    ['no arguments', [head({ index: 0, id: 'a' })], [call('a', '{}')]],
    [
      'arguments as an object',
      [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: { x: 1 } } }],
      [call('a', '{"x":1}')],
    ],
    [
      'braces before the arguments',
      [head({ index: 0, id: 'a' }, '{}'), tail({ index: 0 }, '{"x"'), tail({ index: 0 }, ':1}')],
      [call('a', '{"x":1}')],
    ],
    [
      'a signature beside',
      [{ ...head({ index: 0, id: 'a' }, '1'), extra_content: { s: 1 } }],
      [{ ...call('a', '1'), extra_content: { s: 1 } }],
    ],
    [
      'a custom tool',
      [
        { index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'x' } },
        { index: 0, custom: { input: 'y' } },
      ],
      [{ id: 'a', type: 'custom', custom: { name: 'f', input: 'xy' } }],
    ],
  ])('%s', (_, deltas, calls) => {
    const chunks = deltas.map((each) => chunk({ tool_calls: [each] }))
    expect(messageOf([...chunks, chunk({}, 'tool_calls')])?.tool_calls).toEqual(calls)
  })

  test('a call without an id gets one of nine letters and digits', () => {
    const calls = messageOf([chunk({ tool_calls: [head({ index: 0 }, '1')] }, 'tool_calls')])?.tool_calls
    expect(calls?.[0]?.id).toMatch(/^[0-9a-z]{9}$/)
  })

  test('an id for two calls is the id of the first', () => {
    const [first, second] =
      messageOf([chunk({ tool_calls: [head({ index: 0, id: 'a' }), head({ index: 1, id: 'a' })] }, 'stop')])
        ?.tool_calls ?? []
    expect(first?.id).toBe('a')
    expect(second?.id).not.toBe('a')
  })

  test.each([-1, 1.5, 1024, '__proto__'])('the index %s is none', (index) => {
    expect(() => fold([chunk({ tool_calls: [head({ index })] })])).toThrow(
      expect.objectContaining({ reason: 'malformed' }),
    )
  })
})

test('the newest usage counts, wherever it stands', () => {
  const usage = (total_tokens: number) => ({ prompt_tokens: 0, completion_tokens: 0, total_tokens })
  expect(fold([chunk({ content: 'a' }, null, { usage: usage(1) }), chunk({}, 'stop', { usage: null })]).usage).toEqual(
    usage(1),
  )
  expect(
    fold([chunk({ content: 'a' }, null, { usage: usage(1) }), chunk({}, 'stop', { x_groq: { usage: usage(2) } })])
      .usage,
  ).toEqual(usage(2))
  expect(fold([stop]).usage).toBeUndefined()
})

test.each([
  ['without a choice', [chunk({}, null, { choices: [] })]],
  ['without a finish reason', [chunk({ content: 'a' })]],
  ['with an empty finish reason', [chunk({ content: 'a' }, '')]],
])('a stream %s is cut', (_, chunks) => {
  expect(() => fold(chunks)).toThrow(expect.objectContaining({ code: 'protocol_error', reason: 'truncated' }))
})

test('a server known to leave the finish reason out is believed at [DONE]', () => {
  const accumulator = createAccumulator()
  accumulator.add(chunk({ content: 'a' }))
  expect(() => accumulator.completion(false, true)).toThrow(expect.objectContaining({ reason: 'truncated' }))
  expect(accumulator.completion(true, true).choices[0]?.finish_reason).toBe('stop')
})

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const functionCall = fc.record({
  id: fc.uuid(),
  type: fc.constant('function' as const),
  function: fc.record({
    name: fc.constantFrom('f', 'g'),
    arguments: fc.json().map((value) => JSON.stringify({ value })),
  }),
})
const customCall = fc.record({
  id: fc.uuid(),
  type: fc.constant('custom' as const),
  custom: fc.record({ name: fc.constant('h'), input: fc.string({ minLength: 1, maxLength: 9 }) }),
})
const choice = fc.record({
  content: fc.option(
    text.filter((value) => value !== ''),
    { nil: null },
  ),
  calls: fc.uniqueArray(fc.oneof(functionCall, customCall), { maxLength: 3, selector: ({ id }) => id }),
  finish: fc.constantFrom('stop', 'length', 'tool_calls'),
})
const completion = fc
  .record({
    choices: fc.array(choice, { minLength: 1, maxLength: 3 }),
    usage: fc.option(fc.nat(99), { nil: undefined }),
  })
  .map(
    ({ choices, usage }): ChatCompletion => ({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: choices.map(({ content, calls, finish }, index) => ({
        index,
        message: { role: 'assistant', content, ...(calls.length > 0 && { tool_calls: calls }) },
        finish_reason: finish,
      })),
      ...(usage !== undefined && {
        usage: { prompt_tokens: usage, completion_tokens: usage, total_tokens: usage * 2 },
      }),
    }),
  )
const dice = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 40 })

test('Q07: any completion, cut into any deltas, is the same completion', () => {
  fc.assert(
    fc.property(completion, dice, (whole, rolls) => {
      expect(fold(piecesOf(whole, rolls))).toEqual(whole)
    }),
  )
})

test('Q08: a stream without its tail is cut, and its partial is a beginning', () => {
  fc.assert(
    fc.property(completion, dice, fc.nat(100), (whole, rolls, at) => {
      const pieces = piecesOf(whole, rolls)
      // The tail holds at least one finish reason.
      const ends = pieces.map(({ choices }) => choices.some(({ finish_reason }) => finish_reason !== null))
      const kept = pieces.slice(0, at % (ends.lastIndexOf(true) + 1))
      const begun = new Set(kept.flatMap(({ choices }) => choices.map(({ index }) => index)))
      const ended = new Set(
        kept.flatMap(({ choices }) => choices.filter(({ finish_reason }) => finish_reason).map(({ index }) => index)),
      )
      if (begun.size > 0 && begun.size === ended.size) return
      const accumulator = createAccumulator()
      for (const piece of kept) accumulator.add(piece)
      expect(() => accumulator.completion(true)).toThrow(expect.objectContaining({ reason: 'truncated' }))
      for (const { index, message } of accumulator.partial()?.choices ?? []) {
        const full = whole.choices.find((each) => each.index === index)?.message
        expect((full?.content ?? '').startsWith(message.content ?? '')).toBe(true)
      }
    }),
  )
})
