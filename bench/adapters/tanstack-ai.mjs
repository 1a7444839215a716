// TanStack AI over chat completions. Its adapter always streams on the wire.

import { chat, maxIterations, parsePartialJSON, toolDefinition } from '@tanstack/ai'
import { createOpenaiChatCompletions } from '@tanstack/ai-openai'
import { lookUp, parameters, question } from '../data.mjs'

const adapterOf = (baseURL, id) => createOpenaiChatCompletions(id, 'bench', { baseURL })
const messages = [{ role: 'user', content: question }]
const definition = () =>
  toolDefinition({ name: 'lookup', description: 'Weather of a city', inputSchema: parameters }).server(async (input) =>
    lookUp(input),
  )
const lookup = definition()

const plain = (url) => {
  const adapter = adapterOf(url, 'plain')
  return () => chat({ adapter, messages, stream: false })
}

const text = (id) => (url) => {
  const adapter = adapterOf(url, id)
  return async () => {
    let length = 0
    for await (const chunk of chat({ adapter, messages }))
      if (chunk.type === 'TEXT_MESSAGE_CONTENT') length += chunk.delta.length
    return length
  }
}

const object = (id) => (url) => {
  const adapter = adapterOf(url, id)
  return async () => {
    let [whole, seen] = ['', 0]
    for await (const chunk of chat({ adapter, messages })) {
      if (chunk.type !== 'TEXT_MESSAGE_CONTENT') continue
      whole += chunk.delta
      seen = parsePartialJSON(whole)?.orders?.length ?? 0
    }
    return seen
  }
}

const loop = (id) => (url) => {
  const adapter = adapterOf(url, id)
  return () => chat({ adapter, messages, tools: [lookup], agentLoopStrategy: maxIterations(500), stream: false })
}

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': text('text-2000'),
  'textp-2000': text('textp-2000'),
  'object-20': object('object-20'),
  'object-100': object('object-100'),
  'loop-10': loop('loop-10'),
  'loop-50': loop('loop-50'),
  'loop-200': loop('loop-200'),
  'loop-10x8': loop('loop-10x8'),
  'sloop-10': (url) => {
    const adapter = adapterOf(url, 'loop-10')
    return async () => {
      for await (const _ of chat({ adapter, messages, tools: [lookup], agentLoopStrategy: maxIterations(500) }));
    }
  },
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
