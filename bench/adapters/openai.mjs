// The official package: create, the stream helper, runTools.

import OpenAI from 'openai'
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod'
import { lookUp, orders, parameters, question } from '../data.mjs'

const messages = [{ role: 'user', content: question }]
const clientOf = (url) => new OpenAI({ baseURL: url, apiKey: 'bench' })
const lookup = zodFunction({ name: 'lookup', description: 'Weather of a city', parameters, function: lookUp })

const plain = (url) => {
  const client = clientOf(url)
  return () => client.chat.completions.create({ model: 'plain', messages })
}

const raw = (model) => (url) => {
  const client = clientOf(url)
  return async () => {
    let length = 0
    for await (const chunk of await client.chat.completions.create({ model, messages, stream: true }))
      length += chunk.choices[0]?.delta.content?.length ?? 0
    return length
  }
}

const object = (model) => (url) => {
  const client = clientOf(url)
  return async () => {
    let seen = 0
    const stream = client.chat.completions.stream({
      model,
      messages,
      response_format: zodResponseFormat(orders, 'orders'),
    })
    stream.on('content.delta', ({ parsed }) => {
      seen = parsed?.orders?.length ?? 0
    })
    await stream.finalChatCompletion()
    return seen
  }
}

const loop =
  (model, stream = false) =>
  (url) => {
    const client = clientOf(url)
    return async () => {
      const runner = client.chat.completions.runTools(
        { model, messages, tools: [lookup], ...(stream && { stream: true }) },
        { maxChatCompletions: 500 },
      )
      return runner.finalContent()
    }
  }

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': raw('text-2000'),
  'textp-2000': raw('textp-2000'),
  'snapshot-2000': (url) => {
    const client = clientOf(url)
    return async () => {
      let length = 0
      const stream = client.chat.completions.stream({ model: 'text-2000', messages })
      stream.on('content.delta', ({ snapshot }) => {
        length = snapshot.length
      })
      await stream.finalChatCompletion()
      return length
    }
  },
  convert: () => () => zodFunction({ name: 'lookup', parameters, function: lookUp }),
  'object-20': object('object-20'),
  'object-100': object('object-100'),
  'object-400': object('object-400'),
  'loop-10': loop('loop-10'),
  'loop-50': loop('loop-50'),
  'loop-200': loop('loop-200'),
  'loop-10x8': loop('loop-10x8'),
  'sloop-10': loop('loop-10', true),
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
