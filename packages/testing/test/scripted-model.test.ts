import type { ChatCompletionChunk, ModelRequest } from '@pawl/client'
import { describe, expect, test } from 'vitest'
import {
  answers,
  callsTextTool,
  callsTool,
  callsTools,
  cutOff,
  fails,
  refuses,
  says,
  scriptedModel,
  stalls,
} from '../src/index.ts'

const request: ModelRequest = { messages: [{ role: 'user', content: 'Do I need a coat in Oslo?' }] }

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return await Array.fromAsync(items)
}

const deltas = (chunks: readonly ChatCompletionChunk[]) => chunks.map(({ choices }) => choices[0]?.delta)

test('a script is followed turn by turn, with the same ids in every run', async () => {
  const model = scriptedModel([callsTool('weather', { city: 'Oslo' }), says('Take a coat.')])
  const first = await model.complete(request)
  const second = await model.complete(request)
  expect(first).toEqual({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_767_225_600,
    model: 'scripted',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          refusal: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
        },
        logprobs: null,
        finish_reason: 'tool_calls',
      },
    ],
    usage: { prompt_tokens: 10, completion_tokens: 6, total_tokens: 16 },
  })
  expect(second.choices[0]).toMatchObject({ message: { content: 'Take a coat.' }, finish_reason: 'stop' })
})

test('requests are kept as they were asked', async () => {
  const model = scriptedModel(() => says('Yes.'))
  const messages = [...request.messages]
  await model.complete({ messages }, { maxRetries: 0 })
  messages.push({ role: 'user', content: 'And Bergen?' })
  await collect(model.stream({ messages, temperature: 0 }))
  expect(model.requests).toEqual([request, { messages, temperature: 0 }])
  expect(model.asked.map(({ options, streamed }) => ({ options, streamed }))).toEqual([
    { options: { maxRetries: 0 }, streamed: false },
    { options: {}, streamed: true },
  ])
})

test('a stream is the completion in pieces: role, words, finish reason, usage', async () => {
  const chunks = await collect(scriptedModel([says('Take a coat.', { reasoning: 'Cold.' })]).stream(request))
  expect(deltas(chunks)).toEqual([
    { role: 'assistant', content: '', refusal: null },
    { reasoning_content: 'Cold.' },
    { content: 'Take' },
    { content: ' a' },
    { content: ' coat.' },
    {},
    undefined,
  ])
  expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([
    null,
    null,
    null,
    null,
    null,
    'stop',
    undefined,
  ])
  expect(chunks.at(-1)?.usage).toEqual({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 })
})

test('calls are streamed one after the other, each with its head first', async () => {
  const model = scriptedModel([callsTools(['a', { x: 1 }], ['b', {}, 'mine']), callsTextTool('sql', 'select 1')])
  const functions = deltas(await collect(model.stream(request))).flatMap((delta) => delta?.tool_calls ?? [])
  const texts = deltas(await collect(model.stream(request))).flatMap((delta) => delta?.tool_calls ?? [])
  expect(functions).toEqual([
    { index: 0, id: 'call_1', type: 'function', function: { name: 'a', arguments: '' } },
    { index: 0, function: { arguments: '{"x":1}' } },
    { index: 1, id: 'mine', type: 'function', function: { name: 'b', arguments: '' } },
    { index: 1, function: { arguments: '{}' } },
  ])
  expect(texts).toEqual([
    { index: 0, id: 'call_2', type: 'custom', custom: { name: 'sql', input: '' } },
    { index: 0, custom: { input: 'select' } },
    { index: 0, custom: { input: ' 1' } },
  ])
})

test.each([
  ['characters in each delta', 5, ['abcde', 'fghij', 'k']],
  ['offsets', [1, 1, 10], ['a', 'bcdefghij', 'k']],
])('deltas are cut by %s', async (_, chunks, pieces) => {
  const model = scriptedModel([says('abcdefghijk', { chunks })])
  const texts = deltas(await collect(model.stream(request))).flatMap((delta) => delta?.content || [])
  expect(texts).toEqual(pieces)
})

test('refusals, raw completions, invalid arguments and cut answers come as scripted', async () => {
  const raw = await scriptedModel([says('x', { usage: null })]).complete(request)
  const model = scriptedModel([
    refuses('No.'),
    answers(raw),
    callsTool('a', '{"broken'),
    cutOff(says('0123456789')),
    cutOff(callsTool('a', { city: 'Oslo' }), { finish: 'content_filter', keep: 4 }),
  ])
  const choices = []
  for (let number = 0; number < 5; number++) choices.push((await model.complete(request)).choices[0])
  expect(choices[0]?.message).toEqual({ role: 'assistant', content: null, refusal: 'No.' })
  expect(choices[1]).toBe(raw.choices[0])
  expect(raw).not.toHaveProperty('usage')
  expect(choices[2]?.message.tool_calls?.[0]).toMatchObject({ function: { arguments: '{"broken' } })
  expect(choices[3]).toMatchObject({ message: { content: '01234' }, finish_reason: 'length' })
  expect(choices[4]).toMatchObject({
    message: { tool_calls: [{ function: { arguments: '{"ci' } }] },
    finish_reason: 'content_filter',
  })
})

test('a turn may be made from the request', async () => {
  const model = scriptedModel([({ messages }, number) => says(`${number}: ${messages.length} message`)])
  expect((await model.complete(request)).choices[0]?.message.content).toBe('1: 1 message')
})

test('a script that is used up says how many turns it had', async () => {
  const model = scriptedModel([says('Once.')])
  await model.complete(request)
  await expect(model.complete(request)).rejects.toMatchObject({
    code: 'script_ended',
    message: 'The scripted model was asked 2 times, but 1 turn was scripted.',
  })
})

describe('faults', () => {
  const fault = new Error('The line is dead.')

  test('a failing turn rejects, in a stream after its beginning', async () => {
    const after = { turn: says('Take a coat.'), chunks: 2 }
    const model = scriptedModel([fails(fault), fails(fault, { after })])
    await expect(model.complete(request)).rejects.toBe(fault)
    const stream = model.stream(request)[Symbol.asyncIterator]()
    expect((await stream.next()).value).toMatchObject({ choices: [{ delta: { role: 'assistant' } }] })
    expect((await stream.next()).value).toMatchObject({ choices: [{ delta: { content: 'Take' } }] })
    await expect(stream.next()).rejects.toBe(fault)
  })

  test('a stalled turn ends by the signal, with its reason', async () => {
    const model = scriptedModel(() => stalls({ after: { turn: says('Take a coat.'), chunks: 1 } }))
    const controller = new AbortController()
    const completion = model.complete(request, { signal: controller.signal })
    const chunks = collect(model.stream(request, { signal: controller.signal }))
    controller.abort('enough')
    await expect(completion).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    await expect(chunks).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
  })

  test('an aborted stream tells what had arrived', async () => {
    const model = scriptedModel([stalls({ after: { turn: says('Take a coat.'), chunks: 3 } })])
    const controller = new AbortController()
    const chunks = collect(model.stream(request, { signal: controller.signal }))
    setImmediate(() => controller.abort())
    await expect(chunks).rejects.toMatchObject({ partial: { choices: [{ message: { content: 'Take a' } }] } })
  })

  test('an abort before the start asks nothing; one between two chunks ends the stream', async () => {
    const model = scriptedModel(() => says('Take a coat.'))
    await expect(model.complete(request, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
    expect(model.requests).toEqual([])
    const controller = new AbortController()
    const stream = model.stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
    await stream.next()
    controller.abort()
    await expect(stream.next()).rejects.toMatchObject({ code: 'aborted' })
  })
})
