// pi: its completion functions and its agent loop. It always streams on the wire.

import { agentLoop } from '@mariozechner/pi-agent-core'
import { complete, stream, Type } from '@mariozechner/pi-ai'
import { lookUp, question } from '../data.mjs'

const modelOf = (baseUrl, id) => ({
  ...{ id, name: id, api: 'openai-completions', provider: 'openai', baseUrl, reasoning: false, input: ['text'] },
  ...{ cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, contextWindow: 1_000_000, maxTokens: 100_000 },
})

const parameters = Type.Object({
  city: Type.String(),
  day: Type.String(),
  units: Type.Union([Type.Literal('metric'), Type.Literal('imperial')]),
  hours: Type.Number(),
  detailed: Type.Boolean(),
  tags: Type.Array(Type.String()),
})

const lookup = {
  ...{ name: 'lookup', label: 'lookup', description: 'Weather of a city', parameters },
  execute: async (_, input) => ({ content: [{ type: 'text', text: JSON.stringify(lookUp(input)) }], details: {} }),
}
const answer = {
  name: 'answer',
  description: 'The orders',
  parameters: Type.Object({ orders: Type.Array(Type.Any()) }),
}
const asked = () => ({ role: 'user', content: question, timestamp: 0 })
const options = { apiKey: 'bench' }

const plain = (url) => {
  const model = modelOf(url, 'plain')
  return () => complete(model, { messages: [asked()] }, options)
}

const text = (id) => (url) => {
  const model = modelOf(url, id)
  return async () => {
    let length = 0
    for await (const event of stream(model, { messages: [asked()] }, options))
      if (event.type === 'text_delta') length += event.delta.length
    return length
  }
}

const object = (id) => (url) => {
  const model = modelOf(url, id)
  return async () => {
    let seen = 0
    for await (const event of stream(model, { messages: [asked()], tools: [answer] }, options)) {
      if (event.type === 'toolcall_delta') seen = event.partial.content.at(-1)?.arguments?.orders?.length ?? 0
    }
    return seen
  }
}

const loop = (id) => (url) => {
  const model = modelOf(url, id)
  return async () => {
    const config = { model, ...options, convertToLlm: (messages) => messages }
    const events = agentLoop([asked()], { systemPrompt: '', messages: [], tools: [lookup] }, config)
    for await (const _ of events);
    return events.result()
  }
}

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': text('text-2000'),
  'textp-2000': text('textp-2000'),
  'object-20': object('object-20'),
  'loop-10': loop('loop-10'),
  'loop-50': loop('loop-50'),
  'loop-200': loop('loop-200'),
  'loop-10x8': loop('loop-10x8'),
  'sloop-10': loop('loop-10'),
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
