// Vercel's AI SDK with its openai-compatible provider.

import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, Output, parsePartialJson, stepCountIs, streamText, tool } from 'ai'
import { chunksOf, lookUp, objectText, orders, parameters, question } from '../data.mjs'

const modelOf = (url, id) =>
  createOpenAICompatible({
    name: 'bench',
    baseURL: url,
    apiKey: 'bench',
    supportsStructuredOutputs: true,
    includeUsage: true,
  })(id)
const tools = { lookup: tool({ description: 'Weather of a city', inputSchema: parameters, execute: lookUp }) }

const plain = (url) => {
  const model = modelOf(url, 'plain')
  return () => generateText({ model, prompt: question })
}

const text = (id) => (url) => {
  const model = modelOf(url, id)
  return async () => {
    let length = 0
    for await (const delta of streamText({ model, prompt: question }).textStream) length += delta.length
    return length
  }
}

const object = (id) => (url) => {
  const model = modelOf(url, id)
  return async () => {
    let seen = 0
    for await (const value of streamText({ model, prompt: question, output: Output.object({ schema: orders }) })
      .partialOutputStream)
      seen = value.orders?.length ?? 0
    return seen
  }
}

const loop = (id) => (url) => {
  const model = modelOf(url, id)
  return () => generateText({ model, prompt: question, tools, stopWhen: stepCountIs(500) })
}

const partial = (kilobytes) => () => {
  const pieces = chunksOf(objectText(kilobytes))
  return async () => {
    let text = ''
    for (const piece of pieces) {
      text += piece
      await parsePartialJson(text)
    }
  }
}

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': text('text-2000'),
  'textp-2000': text('textp-2000'),
  'partial-20': partial(20),
  'object-20': object('object-20'),
  'object-100': object('object-100'),
  'loop-10': loop('loop-10'),
  'loop-50': loop('loop-50'),
  'loop-200': loop('loop-200'),
  'loop-10x8': loop('loop-10x8'),
  'sloop-10': (url) => {
    const model = modelOf(url, 'loop-10')
    return async () => streamText({ model, prompt: question, tools, stopWhen: stepCountIs(500) }).consumeStream()
  },
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
