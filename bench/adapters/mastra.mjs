// Mastra with the AI SDK's openai-compatible provider.

import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { Agent } from '@mastra/core/agent'
import { createTool } from '@mastra/core/tools'
import { lookUp, orders, parameters, question } from '../data.mjs'

const lookup = createTool({
  id: 'lookup',
  description: 'Weather of a city',
  inputSchema: parameters,
  execute: async (input) => lookUp(input.context ?? input),
})

const agentOf = (baseURL, id, tools = {}) =>
  new Agent({
    id: 'bench',
    name: 'bench',
    instructions: '',
    tools,
    model: createOpenAICompatible({ name: 'bench', baseURL, apiKey: 'bench', supportsStructuredOutputs: true })(id),
  })

const plain = (url) => {
  const assistant = agentOf(url, 'plain')
  return () => assistant.generate(question)
}

const text = (id) => (url) => {
  const assistant = agentOf(url, id)
  return async () => {
    let length = 0
    for await (const delta of (await assistant.stream(question)).textStream) length += delta.length
    return length
  }
}

const object = (id) => (url) => {
  const assistant = agentOf(url, id)
  return async () => {
    let seen = 0
    for await (const value of (await assistant.stream(question, { structuredOutput: { schema: orders } })).objectStream)
      seen = value.orders?.length ?? 0
    return seen
  }
}

const loop = (id) => (url) => {
  const assistant = agentOf(url, id, { lookup })
  return () => assistant.generate(question, { maxSteps: 500 })
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
  'sloop-10': (url) => {
    const assistant = agentOf(url, 'loop-10', { lookup })
    return async () => {
      for await (const _ of (await assistant.stream(question, { maxSteps: 500 })).fullStream);
    }
  },
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
