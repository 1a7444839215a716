/** The types of the client: what must compile, and what must not. `tsc` checks them; nothing here is run. */

import { expectTypeOf, test } from 'vitest'
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type Client,
  type CustomToolFormat,
  chat,
  type Message,
  type Model,
  type ModelRequest,
  type RequestPlain,
} from '../src/index.ts'

const messages: Message[] = []

test('what create gives follows from `stream`', () => {
  const { create, stream, streamRaw } = {} as Client['chat']['completions']
  const programs = async (streamed: boolean) => {
    expectTypeOf(await create({ model: 'm', messages, temperature: undefined })).toEqualTypeOf<ChatCompletion>()
    expectTypeOf(await create({ model: 'm', messages, stream: true })).toExtend<AsyncIterable<ChatCompletionChunk>>()
    expectTypeOf(
      await create({ model: 'm', messages, stream: streamed } as RequestPlain),
    ).toEqualTypeOf<ChatCompletion>()
    expectTypeOf((await create({ model: 'm', messages }).withResponse()).response.status).toEqualTypeOf<number>()
    for await (const chunk of streamRaw({ model: 'm', messages }))
      expectTypeOf(chunk).toEqualTypeOf<ChatCompletionChunk>()
    for await (const event of stream({ model: 'm', messages }))
      if (event.type === 'content.delta') expectTypeOf(event.snapshot).toEqualTypeOf<string>()
    stream({ model: 'm', messages }).on('tool_calls.function.arguments.done', ({ arguments: text }) =>
      expectTypeOf(text).toEqualTypeOf<string>(),
    )
    // @ts-expect-error no such event
    stream({ model: 'm', messages }).on('content.deltas', () => {})
  }
  void programs
})

test('bodies are typed by role and type, and a typo does not compile', () => {
  const right: RequestPlain = {
    model: 'm',
    messages: [
      { role: 'developer', content: 'd' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 't' },
          { type: 'image_url', image_url: { url: 'u', detail: 'low' } },
          { type: 'input_audio', input_audio: { data: 'd', format: 'wav' } },
          { type: 'file', file: { file_id: 'f' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
          { id: 'b', type: 'custom', custom: { name: 'g', input: 'x' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'r' },
    ],
    tools: [
      { type: 'function', function: { name: 'f', parameters: { type: 'object' }, strict: true } },
      {
        type: 'custom',
        custom: { name: 'g', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'd' } } },
      },
    ],
    tool_choice: {
      type: 'allowed_tools',
      allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] },
    },
    response_format: { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object' }, strict: true } },
    reasoning_effort: 'none',
    stop: undefined,
  }
  void right
  // @ts-expect-error a typo
  void ({ model: 'm', messages, temprature: 1 } satisfies RequestPlain)
  // @ts-expect-error a tool message says which call it answers
  void ({ role: 'tool', content: 'x' } satisfies Message)
  // @ts-expect-error a user does not refuse
  void ({ role: 'user', content: [{ type: 'refusal', refusal: 'x' }] } satisfies Message)
  // @ts-expect-error grammars are nested
  const flat: CustomToolFormat = { type: 'grammar', syntax: 'lark', definition: 'd' }
  void flat
  // @ts-expect-error no such choice
  void ({ model: 'm', messages, tool_choice: 'any' } satisfies RequestPlain)
})

test('a model is wrapped by spreading it', () => {
  const wrap = (inner: Model): Model => ({ ...inner, complete: (request, options) => inner.complete(request, options) })
  const bad = () => {
    // @ts-expect-error messages are required
    const request: ModelRequest = {}
    return [request, wrap(chat('m', { apiKey: 'k' }))]
  }
  void bad
})
