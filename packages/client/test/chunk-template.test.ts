import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAccumulator } from '../src/stream/accumulate.ts'
import { type ChunkTemplate, chunkTemplate } from '../src/stream/chunk-template.ts'
import type { ChatCompletionChunk } from '../src/types/chunk.ts'

const head = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm' } as const

const chunkWith = (delta: object, more: object = {}) => ({
  ...head,
  choices: [{ index: 0, delta, logprobs: null, finish_reason: null }],
  ...more,
})

/** What is read after each event was learned from the one before; undefined where they differ in more than a text. */
function reading(...events: string[]): (string | undefined)[] {
  const template = chunkTemplate()
  return events.map((data) => {
    const chunk = whole(template, template.read(data))
    const parsed = chunk === undefined ? chunkIn(data) : undefined
    if (parsed) template.learn(data, parsed)
    return chunk && JSON.stringify(chunk)
  })
}

function whole(template: ChunkTemplate, read: ReturnType<ChunkTemplate['read']>): ChatCompletionChunk | undefined {
  return typeof read === 'string' ? template.chunkOf(read) : read
}

function chunkIn(data: string): ChatCompletionChunk | undefined {
  try {
    const chunk = JSON.parse(data) as ChatCompletionChunk
    return Array.isArray(chunk.choices) ? chunk : undefined
  } catch {
    return undefined
  }
}

describe('chunks that differ in one text', () => {
  const words = ['Hello', ' "world"', '\n', '\\', '', 'größer ', '👋', '\u2028', '\u0001', '__proto__']
  const written = { compact: (value: object) => JSON.stringify(value), spaced: (value: object) => spaced(value) }

  test.each([
    ['content', (text: string) => chunkWith({ content: text })],
    ['content beside a role', (text: string) => chunkWith({ role: 'assistant', content: text })],
    ['content beside the empty usage', (text: string) => chunkWith({ content: text }, { usage: null })],
    ['content with padding', (text: string) => chunkWith({ content: text }, { usage: null, obfuscation: 'aX3' })],
    ['reasoning', (text: string) => chunkWith({ reasoning_content: text })],
    ['a refusal', (text: string) => chunkWith({ refusal: text })],
    ['arguments', (text: string) => chunkWith({ tool_calls: [{ index: 0, function: { arguments: text } }] })],
  ])('%s is read by itself', (_, make) => {
    for (const write of Object.values(written)) {
      const events = words.map((word) => write(make(word)))
      const wanted = words.map((word) => JSON.stringify(make(word)))
      expect(reading(...events)).toEqual([undefined, ...wanted.slice(1)])
    }
  })

  test('padding of any length', () => {
    const events = ['', 'a', 'abcdefgh', ''].map((obfuscation) =>
      JSON.stringify(chunkWith({ content: obfuscation }, { obfuscation })),
    )
    expect(reading(...events)).toEqual([undefined, ...events.slice(1)])
  })

  const content = (text: string) => JSON.stringify(chunkWith({ content: text }))
  test.each([
    ['another model', content('a'), content('a').replace('"m"', '"n"')],
    ['a finish reason', content('a'), content('a').replace('"finish_reason":null', '"finish_reason":"stop"')],
    ['two choices', ...twice('[{"delta":{"content":"a"}},{"delta":{}}]')],
    ['log probabilities', ...twice('[{"delta":{"content":"a"},"logprobs":{"content":[]}}]')],
    ['a list beside the text', ...twice('[{"delta":{"content":"a","parts":[]}}]')],
    ['two calls', ...twice('[{"delta":{"tool_calls":[{"function":{"arguments":"a"}},{}]}}]')],
    ['the key of another object', ...twice('[{"delta":{}}],"content":"a"')],
    ['a text that is said twice', ...twice('[{"delta":{"content":"a","content":"b"}}]')],
    ['a text under an escaped key', ...twice('[{"delta":{"c\\u006fntent":"b"}}],"content":"a"')],
    ['more than a text', content('a'), content('a","refusal":"b').replaceAll('\\"', '"')],
    ['a quote alone', content('a'), content('"').replaceAll('\\"', '"')],
    ['a control character', content('a'), content('?').replace('?', '\n')],
    ['an escape that is cut', content('a'), content('?').replace('?', '\\')],
    ['an empty event', content('a'), ''],
    ['the beginning of the next', content('a'), content('a').slice(0, -2)],
    ['head and tail that overlap', '{"choices":[{"delta":{"content":"a"}}]}', '{"choices":[{"delta":{"content":"}}]}'],
  ])('%s is left to the parser', (_, first, second) => {
    expect(reading(first, second)).toEqual([undefined, undefined])
  })

  test('an event as large as an answer is no template', () => {
    const large = JSON.stringify(chunkWith({ content: 'x'.repeat(12 * 2 ** 20) }))
    expect(reading(large, large)).toEqual([undefined, undefined])
  })

  test('each chunk is an object of its own, down to the call', () => {
    const template = chunkTemplate()
    const data = (text: string) =>
      JSON.stringify(chunkWith({ tool_calls: [{ index: 0, function: { arguments: text } }] }))
    template.learn(data('a'), JSON.parse(data('a')) as ChatCompletionChunk)
    const [one, two] = [whole(template, template.read(data('b'))), whole(template, template.read(data('b')))]
    const parts = (chunk: ChatCompletionChunk | undefined): object[] => {
      const [choice] = chunk?.choices ?? []
      const [call] = choice?.delta.tool_calls ?? []
      return [chunk, chunk?.choices, choice, choice?.delta, choice?.delta.tool_calls, call, call?.function] as object[]
    }
    expect(one).toEqual(two)
    for (const [at, part] of parts(one).entries()) {
      expect(part).toBeTypeOf('object')
      expect(part).not.toBe(parts(two)[at])
    }
  })

  test('a chunk that adds content alone is told by its text from the second on', () => {
    const template = chunkTemplate()
    const data = (content: string, more: object = {}) => JSON.stringify(chunkWith({ content, ...more }))
    const read = [data('a'), data('b'), data('c'), data('d', { refusal: 'No' }), data('e', { refusal: 'No' })].map(
      (event) => {
        const known = template.read(event)
        if (known === undefined) template.learn(event, JSON.parse(event))
        return typeof known
      },
    )
    expect(read).toEqual(['undefined', 'string', 'string', 'undefined', 'object'])
  })

  test('texts added one by one come to the completion that the whole chunks come to', () => {
    const choice = fc.record(
      {
        index: fc.constantFrom(0, 1),
        delta: fc.record(
          {
            role: fc.constant('assistant'),
            content: fc.option(fc.constantFrom('a', '', 'b"')),
            refusal: fc.option(fc.constantFrom('', 'no')),
            reasoning: fc.option(fc.constant('hm')),
            extra: fc.constantFrom('x', 'y'),
          },
          { requiredKeys: [] },
        ),
        finish_reason: fc.constantFrom(null, null, 'stop'),
      },
      { requiredKeys: ['index', 'delta'] },
    )
    const event = fc
      .tuple(choice, fc.constantFrom('f1', 'f2', null), fc.nat(3))
      .map(([one, system_fingerprint, times]) =>
        Array.from({ length: times + 1 }, () => ({ ...head, choices: [one], system_fingerprint })),
      )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (runs) => {
        const template = chunkTemplate()
        const [quick, plain] = [createAccumulator(), createAccumulator()]
        for (const data of runs.flat().map((chunk) => JSON.stringify(chunk))) {
          const parsed = JSON.parse(data) as ChatCompletionChunk
          plain.add(parsed)
          const read = template.read(data)
          if (read === undefined) template.learn(data, parsed)
          if (typeof read === 'string') quick.addText(read)
          else quick.add(read ?? parsed)
        }
        expect(quick.snapshot).toEqual(plain.snapshot)
      }),
    )
  })

  test('what is read equals what is parsed, whatever changes between two chunks', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '"', '\\', '","content":"', '"}', '{"a":"'),
    )
    const delta = fc.oneof(
      fc.record({ content: word }),
      fc.record({ role: fc.constant('assistant'), content: word, refusal: fc.option(word) }),
      fc.record({ reasoning_content: word, content: fc.option(word) }),
      word.map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
      fc.record({ tool_calls: fc.constant([{ index: 1, id: 'x' }]), content: word }),
    )
    const more = fc.oneof(fc.constant({}), fc.record({ obfuscation: word }), fc.record({ content: word }))
    const event = fc
      .tuple(delta, more, fc.boolean())
      .map(([of, and, wide]) => (wide ? spaced : JSON.stringify)(chunkWith(of, and)))
    fc.assert(
      fc.property(fc.array(event, { minLength: 2, maxLength: 6 }), word, (events, inserted) => {
        // The same events again with a text pasted in, which most often makes them no JSON.
        const at = (events[0]?.length ?? 0) >> 1
        const pasted = events.map((data) => data.slice(0, at) + inserted + data.slice(at))
        const all = [...events, ...events, ...pasted]
        for (const [place, read] of reading(...all).entries())
          if (read !== undefined) expect(read).toBe(JSON.stringify(JSON.parse(all[place] ?? '')))
      }),
    )
  })
})

function twice(choices: string): [string, string] {
  const data = `{"choices":${choices}}`
  return [data, data]
}

/** JSON with spaces after colons and commas, as Python writes it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`)
    .join(', ')}}`
}
