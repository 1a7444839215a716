import { type Model, PawlError } from '@pawl/client'
import { type Answer, callsTool, cutOff, fails, refuses, says, scriptedModel } from '@pawl/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ExtractionError, extract, type Mode } from '../src/index.ts'

const Item = z.object({ name: z.string(), price: z.number().optional() })
const lamp = { name: 'lamp', price: 5 }
const text = JSON.stringify(lamp)
const user = { role: 'user', content: 'one lamp, 5' } as const
const json = {
  type: 'object',
  properties: { name: { type: 'string' }, price: { type: ['number', 'null'] } },
  required: ['name', 'price'],
  additionalProperties: false,
}
const words = `one JSON object and nothing else: no prose, no fence. It must be valid for this JSON Schema:\n${JSON.stringify(json)}`
const schemaFormat = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: json } }
const requests = {
  json_schema: { messages: [user], response_format: schemaFormat },
  json_object: {
    messages: [{ role: 'system', content: `Answer with ${words}` }, user],
    response_format: { type: 'json_object' },
  },
  tool: {
    messages: [user],
    tools: [
      {
        type: 'function',
        function: { name: 'answer', description: 'Takes the answer.', parameters: json, strict: true },
      },
    ],
    tool_choice: { type: 'function', function: { name: 'answer' } },
  },
} as const

function ask(model: Model, options: { mode?: Mode; repairs?: number; continuations?: number } = {}) {
  return extract(model, { schema: Item, prompt: user.content, ...options })
}

async function failureOf(work: PromiseLike<unknown>): Promise<ExtractionError> {
  return await work.then(
    () => expect.unreachable('it must fail'),
    (error) => error,
  )
}

async function shown<P>(work: AsyncIterable<P>): Promise<P[]> {
  const all: P[] = []
  for await (const one of work) all.push(structuredClone(one))
  return all
}

describe.each([
  ['json_schema', says(text)],
  ['json_object', says(text)],
  ['tool', callsTool('answer', lamp)],
] as const)('mode %s', (mode, answer) => {
  test('asks for the value in its own way', async () => {
    const model = scriptedModel([answer])
    const { value, attempts } = await ask(model, { mode })
    expect({ value, attempts, requests: model.requests }).toEqual({
      value: lamp,
      attempts: 1,
      requests: [requests[mode]],
    })
  })

  test('streams when it is iterated, and gives the same result', async () => {
    const model = scriptedModel([{ ...answer, chunks: 7 }])
    const work = ask(model, { mode })
    expect((await shown(work)).at(-1)).toEqual(lamp)
    expect((await work).value).toEqual(lamp)
    expect(model.asked.map(({ streamed }) => streamed)).toEqual([true])
  })
})

test('instructions and the schema in words share one system message', async () => {
  const model = scriptedModel([says(text)])
  await extract(model, { schema: Item, prompt: 'x', instructions: 'Be exact.', mode: 'json_object' })
  expect(model.requests[0]?.messages[0]).toEqual({ role: 'system', content: `Be exact.\n\nAnswer with ${words}` })
})

test('images and files of the prompt go out as they are', async () => {
  const model = scriptedModel([says(text)])
  const prompt = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] as const
  await extract(model, { schema: Item, prompt, modelSettings: { temperature: 0 } })
  const messages = [{ role: 'user', content: prompt }]
  expect(model.requests).toEqual([{ temperature: 0, messages, response_format: schemaFormat }])
})

class Refusal extends PawlError {
  readonly status = 400
}

describe('auto', () => {
  test.each([
    [
      "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
      'json_object',
      says(text),
    ],
    ['This response_format type is unavailable now', 'json_object', says(text)],
    ['Unrecognized request argument supplied: response_format', 'tool', callsTool('answer', lamp)],
  ] as const)('turns after "%s" to %s, and remembers it', async (message, mode, answer) => {
    const model = scriptedModel([fails(new Refusal(message)), answer, answer])
    await ask(model)
    await ask(model)
    expect(model.requests).toEqual([requests.json_schema, requests[mode], requests[mode]])
  })

  test('turns once: a second refusal is thrown', async () => {
    const refusal = new Refusal('response_format type json_object is not supported')
    const model = scriptedModel([fails(new Refusal('json_schema is not supported')), fails(refusal)])
    expect(await failureOf(ask(model))).toBe(refusal)
  })

  test('leaves other errors alone', async () => {
    const error = new Refusal('max_tokens is too large')
    expect(await failureOf(ask(scriptedModel([fails(error)])))).toBe(error)
  })

  test('a mode of the caller is kept', async () => {
    const error = new Refusal('json_schema is not supported')
    expect(await failureOf(ask(scriptedModel([fails(error)]), { mode: 'json_schema' }))).toBe(error)
  })

  test('turns away from a server that ignores the forced call, and remembers it', async () => {
    const refusal = fails(new Refusal('Unknown field response_format'))
    const taught = scriptedModel([refusal, callsTool('answer', lamp), says('A lamp for 5.'), says(text), says(text)])
    await ask(taught)
    expect((await ask(taught)).attempts).toBe(2)
    await ask(taught)
    expect(taught.requests.slice(2)).toEqual([requests.tool, requests.json_object, requests.json_object])
  })
})

test('a forced call that is not made is told to the model, then to the caller', async () => {
  const model = scriptedModel([says('A lamp.'), says('It is a lamp.')])
  const error = await failureOf(ask(model, { mode: 'tool', repairs: 1 }))
  const issue = 'no call of the function answer was made: the server may ignore tool_choice'
  expect(error).toMatchObject({
    code: 'structured_output',
    text: 'It is a lamp.',
    issues: [{ path: [], message: issue }],
  })
  expect(model.requests[1]?.messages).toEqual([
    user,
    { role: 'assistant', content: 'A lamp.' },
    { role: 'user', content: `The answer cannot be used:\n- (root): ${issue}\nAnswer again with ${words}` },
  ])
})

test('arguments written as text are as good as the call', async () => {
  expect((await ask(scriptedModel([says(text)]), { mode: 'tool' })).value).toEqual(lamp)
})

describe('repair', () => {
  const wrong = '{"name":"lamp","price":"five"}'
  const told =
    'The answer cannot be used:\n- price: Invalid input: expected number, received string\nAnswer again with the whole JSON, corrected, and nothing else.'

  test('sends a wrong answer back with its issues, and sums the usage', async () => {
    const model = scriptedModel([says(wrong), says(text)])
    const { value, attempts, usage, completions } = await ask(model)
    expect({ value, attempts, answers: completions.length }).toEqual({ value: lamp, attempts: 2, answers: 2 })
    expect(usage).toEqual({ prompt_tokens: 40, completion_tokens: 15, total_tokens: 55 })
    const messages = [user, { role: 'assistant', content: wrong }, { role: 'user', content: told }]
    expect(model.requests[1]).toEqual({ ...requests.json_schema, messages })
  })

  test('answers the wrong call in its tool message', async () => {
    const model = scriptedModel([callsTool('answer', wrong), callsTool('answer', lamp)])
    expect((await ask(model, { mode: 'tool' })).value).toEqual(lamp)
    const call = { id: 'call_1', type: 'function', function: { name: 'answer', arguments: wrong } }
    expect(model.requests[1]?.messages).toEqual([
      user,
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: told },
    ])
  })

  test('tells the schema again when the answer is no JSON', async () => {
    const model = scriptedModel([says('A lamp.'), says(text)])
    await ask(model)
    expect(model.requests[1]?.messages.at(-1)?.content).toContain(`Answer again with ${words}`)
  })

  test('ends with the issues, the text, the partial value and the usage', async () => {
    const error = await failureOf(
      ask(
        scriptedModel(() => says(wrong)),
        { repairs: 1 },
      ),
    )
    expect(error).toMatchObject({
      name: 'StructuredOutputError',
      code: 'structured_output',
      issues: [{ path: ['price'], message: 'Invalid input: expected number, received string' }],
      text: wrong,
      partial: { name: 'lamp', price: 'five' },
      usage: { prompt_tokens: 40, completion_tokens: 16, total_tokens: 56 },
    })
    expect(error.message).not.toContain('five')
  })

  test('an empty answer is asked for once more, however many repairs there are', async () => {
    const model = scriptedModel(() => says(' '))
    const error = await failureOf(ask(model, { repairs: 5 }))
    expect(error).toMatchObject({ code: 'structured_output', issues: [{ path: [], message: 'the answer is empty' }] })
    expect(model.requests.map(({ messages }) => messages.length)).toEqual([1, 2])
  })

  test('a repaired answer begins a new partial', async () => {
    const work = ask(scriptedModel([says(wrong, { chunks: 100 }), says(text, { chunks: 100 })]))
    expect(await shown(work)).toEqual([{ name: 'lamp', price: 'five' }, lamp])
  })
})

describe('what is no value', () => {
  const half = { ...cutOff(says(text), { keep: 12 }) }
  test.each<[string, Answer, object]>([
    ['refusal', refuses('I cannot.'), { code: 'refusal', refusal: 'I cannot.', text: '', partial: undefined }],
    [
      'content filter',
      { ...half, finish: 'content_filter' },
      { code: 'content_filter', text: '{"name":"lam', partial: { name: 'lam' } },
    ],
    ['output limit', half, { code: 'output_limit', text: '{"name":"lam', partial: { name: 'lam' } }],
  ])('%s has its own error, awaited and iterated, and is not asked again', async (_, answer, expected) => {
    const awaited = scriptedModel([answer])
    const iterated = scriptedModel([answer])
    expect(await failureOf(ask(awaited))).toMatchObject(expected)
    await expect(shown(ask(iterated))).rejects.toMatchObject(expected)
    expect([awaited.requests.length, iterated.requests.length]).toEqual([1, 1])
  })

  test('a value that is complete at the output limit is a value; arguments are not', async () => {
    expect((await ask(scriptedModel([says(text, { finish: 'length' })]))).value).toEqual(lamp)
    const call = scriptedModel([callsTool('answer', lamp, { finish: 'length' })])
    expect(await failureOf(ask(call, { mode: 'tool' }))).toMatchObject({ code: 'output_limit', partial: lamp })
  })
})

describe('continuations', () => {
  const half = cutOff(says(text), { keep: 12 })

  test('go on where the answer was cut off', async () => {
    const model = scriptedModel([half, says(text.slice(12))])
    const { value, attempts } = await ask(model, { continuations: 1 })
    expect({ value, attempts }).toEqual({ value: lamp, attempts: 2 })
    expect(model.requests[1]).toEqual({
      messages: [
        { role: 'system', content: `Answer with ${words}` },
        user,
        { role: 'assistant', content: text.slice(0, 12) },
        { role: 'user', content: expect.stringMatching(/^The answer was cut off/) },
      ],
    })
  })

  test.each([
    ['goes on', [says(text.slice(12))]],
    ['begins anew', [says(text)]],
    ['is cut off again', [cutOff(says(text.slice(12)), { keep: 5 }), says(text.slice(17))]],
  ])('a rest that %s gives the value, and the last partial is the whole', async (_, rest) => {
    expect((await shown(ask(scriptedModel([half, ...rest]), { continuations: 2 }))).at(-1)).toEqual(lamp)
  })

  test('that do not reach the end leave the limit as the reason', async () => {
    const error = await failureOf(ask(scriptedModel([half, says('sorry')]), { continuations: 1 }))
    expect(error).toMatchObject({ code: 'output_limit', text: '{"name":"lamsorry' })
  })
})
