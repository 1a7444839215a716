// Pawl, as its documentation advises.

import { z } from 'zod'
import {
  agent,
  createClient,
  extract,
  extractAll,
  memoryStore,
  partialJson,
  run,
  sqliteStore,
  tool,
  toolRegistry,
  wireSchema,
} from '../../packages/pawl/src/index.ts'
import { prepareCall, toolSet } from '../../packages/tools/src/index.ts'
import { chunksOf, lookUp, objectText, orders, parameters, question, toolArguments, toolTexts } from '../data.mjs'

const messages = [{ role: 'user', content: question }]
const clientOf = (url) => createClient({ baseURL: url, apiKey: 'bench' })
const lookup = tool({ name: 'lookup', description: 'Weather of a city', parameters, effect: 'pure', execute: lookUp })

const plain = (url) => {
  const client = clientOf(url)
  return () => client.chat.completions.create({ model: 'plain', messages })
}

const raw = (model) => (url) => {
  const client = clientOf(url)
  return async () => {
    let length = 0
    for await (const chunk of client.chat.completions.streamRaw({ model, messages }))
      length += chunk.choices[0]?.delta?.content?.length ?? 0
    return length
  }
}

const snapshots = (url) => {
  const client = clientOf(url)
  return async () => {
    let length = 0
    for await (const event of client.chat.completions.stream({ model: 'text-2000', messages }))
      if (event.type === 'content.delta') length = event.snapshot.length
    return length
  }
}

const partial = (kilobytes) => () => {
  const pieces = chunksOf(objectText(kilobytes))
  return () => {
    const growing = partialJson()
    for (const piece of pieces) growing.push(piece)
    return growing.value
  }
}

const object = (model) => (url) => {
  const client = clientOf(url).model(model)
  return async () => {
    let seen = 0
    for await (const value of extract(client, { schema: orders, prompt: question, mode: 'json_schema' }))
      seen = value.orders?.length ?? 0
    return seen
  }
}

const looping = (model, options) => {
  const limits = { steps: 400, toolCalls: 4000, repeats: 10_000 }
  const assistant = agent({ name: 'bench', model, tools: [lookup], limits })
  return () => run(assistant, question, options)
}

const loop =
  (model, options = {}) =>
  (url) =>
    looping(clientOf(url).model(model), options)

const runs = (count, store) => (url) => {
  const assistant = agent({ name: 'bench', model: clientOf(url).model('wait-5'), tools: [lookup] })
  return () =>
    Promise.all(Array.from({ length: count }, () => run(assistant, question, store ? { store: store() } : {})))
}

const fast = (count, store) => (url) => {
  const assistant = agent({ name: 'bench', model: clientOf(url).model('loop-5'), tools: [lookup] })
  return () => Promise.all(Array.from({ length: count }, () => run(assistant, question, { store })))
}

const ids = toolTexts.map((_, at) => `call_${at}`)

/** As it comes from the wire: its texts are there already. */
function callAt(at) {
  return { id: ids[at], type: 'function', function: { name: 'lookup', arguments: toolTexts[at] } }
}

/** Asks for one call in each of ten steps, then says something, and takes no time over it. */
const atOnce = {
  id: 'bench',
  async complete({ messages }) {
    const step = messages.filter(({ role }) => role === 'tool').length
    const calls = [
      { id: `call_${step}`, type: 'function', function: { name: 'lookup', arguments: toolArguments(step) } },
    ]
    const message = {
      role: 'assistant',
      content: step < 10 ? null : 'Take a coat.',
      ...(step < 10 && { tool_calls: calls }),
    }
    const choices = [{ index: 0, message, finish_reason: step < 10 ? 'tool_calls' : 'stop', logprobs: null }]
    const usage = { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 }
    return { id: `chatcmpl-${step}`, object: 'chat.completion', created: 1_790_000_000, model: 'bench', choices, usage }
  },
}

async function file() {
  const { mkdtempSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  return `${mkdtempSync(`${tmpdir()}/pawl-bench-`)}/runs.db`
}

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': raw('text-2000'),
  'textp-2000': raw('textp-2000'),
  'snapshot-2000': snapshots,
  convert: () => () => wireSchema(parameters).json,
  'partial-20': partial(20),
  'partial-100': partial(100),
  'partial-1000': partial(1000),
  'prepared-call': async () => {
    const set = await toolSet([lookup])
    let at = 0
    return () => prepareCall(set, callAt(at++ % 50))
  },
  'validated-call': () => {
    const registry = toolRegistry([lookup])
    const context = {}
    let at = 0
    return () => registry.execute(callAt(at++ % 50), context)
  },
  'object-20': object('object-20'),
  'object-100': object('object-100'),
  'object-400': object('object-400'),
  'extract-5000': (url) => {
    const model = clientOf(url).model('record')
    const schema = z.object({ name: z.string(), total: z.number(), paid: z.boolean() })
    const documents = Array.from({ length: 5000 }, (_, at) => `Document ${at}`)
    return async () => {
      for await (const result of extractAll(model, { schema, documents, concurrency: 64, mode: 'json_schema' }))
        if (result.error) throw result.error
    }
  },
  'loop-10': loop('loop-10'),
  'loop-50': loop('loop-50'),
  'loop-200': loop('loop-200'),
  'loop-10x8': loop('loop-10x8'),
  'sloop-10': loop('loop-10', { stream: true }),
  'runs-1000': runs(1000),
  'runs-5000': runs(5000),
  'stored-alone': async () => looping(atOnce, { store: sqliteStore(await file()) }),
  'stored-step': async (url) => loop('loop-10', { store: sqliteStore(await file()) })(url),
  'stored-200': async (url) => fast(200, sqliteStore(await file()))(url),
  'memory-200': (url) => fast(200, memoryStore())(url),
}
