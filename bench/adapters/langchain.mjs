// LangChain: ChatOpenAI and createAgent.

import { ChatOpenAI } from '@langchain/openai'
import { createAgent, tool } from 'langchain'
import { lookUp, orders, parameters, question } from '../data.mjs'

const modelOf = (baseURL, model) =>
  new ChatOpenAI({ model, apiKey: 'bench', configuration: { baseURL }, useResponsesApi: false })
const lookup = tool((input) => lookUp(input), { name: 'lookup', description: 'Weather of a city', schema: parameters })
const input = { messages: [{ role: 'user', content: question }] }

const plain = (url) => {
  const model = modelOf(url, 'plain')
  return () => model.invoke(question)
}

const text = (id) => (url) => {
  const model = modelOf(url, id)
  return async () => {
    let length = 0
    for await (const chunk of await model.stream(question)) length += chunk.content.length
    return length
  }
}

const object = (id) => (url) => {
  const model = modelOf(url, id).withStructuredOutput(orders, { method: 'jsonSchema' })
  return async () => {
    let seen = 0
    for await (const value of await model.stream(question)) seen = value.orders?.length ?? 0
    return seen
  }
}

const loop = (id) => (url) => {
  const assistant = createAgent({ model: modelOf(url, id), tools: [lookup] })
  return () => assistant.invoke(input, { recursionLimit: 2000 })
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
    const assistant = createAgent({ model: modelOf(url, 'loop-10'), tools: [lookup] })
    return async () => {
      for await (const _ of await assistant.stream(input, { recursionLimit: 2000, streamMode: 'messages' }));
    }
  },
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
