// xsai: generateText, streamText, streamObject, tool.

import { generateText, streamObject, streamText, tool } from 'xsai'
import { lookUp, orders, parameters, question } from '../data.mjs'

const messages = [{ role: 'user', content: question }]
const base = (baseURL, model) => ({ apiKey: 'bench', baseURL: `${baseURL}/`, model, messages })
const lookup = await tool({
  name: 'lookup',
  description: 'Weather of a city',
  parameters,
  execute: (input) => JSON.stringify(lookUp(input)),
})

const plain = (url) => () => generateText(base(url, 'plain'))

const text = (model) => (url) => async () => {
  let length = 0
  for await (const delta of (await streamText(base(url, model))).textStream) length += delta.length
  return length
}

const object = (model) => (url) => async () => {
  let seen = 0
  for await (const value of (await streamObject({ ...base(url, model), schema: orders })).partialObjectStream)
    seen = value.orders?.length ?? 0
  return seen
}

const loop = (model) => (url) => () =>
  generateText({ ...base(url, model), messages: [...messages], tools: [lookup], maxSteps: 500 })

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': text('text-2000'),
  'textp-2000': text('textp-2000'),
  convert: () => () => tool({ name: 'lookup', parameters, execute: lookUp }),
  'object-20': object('object-20'),
  'object-100': object('object-100'),
  'loop-10': loop('loop-10'),
  'loop-50': loop('loop-50'),
  'loop-200': loop('loop-200'),
  'loop-10x8': loop('loop-10x8'),
  'sloop-10': (url) => async () => {
    const stream = await streamText({
      ...base(url, 'loop-10'),
      messages: [...messages],
      tools: [lookup],
      maxSteps: 500,
    })
    for await (const _ of stream.textStream);
  },
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
