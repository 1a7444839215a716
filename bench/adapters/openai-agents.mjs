// OpenAI Agents over chat completions, tracing off.

import { Agent, OpenAIChatCompletionsModel, run, setTracingDisabled, tool } from '@openai/agents'
import OpenAI from 'openai'
import { lookUp, parameters, question } from '../data.mjs'

setTracingDisabled(true)
const lookup = () =>
  tool({ name: 'lookup', description: 'Weather of a city', parameters, execute: async (input) => lookUp(input) })

const agentOf = (url, id, tools = []) =>
  new Agent({
    name: 'bench',
    tools,
    model: new OpenAIChatCompletionsModel(new OpenAI({ baseURL: url, apiKey: 'bench' }), id),
  })

const plain = (url) => {
  const assistant = agentOf(url, 'plain')
  return () => run(assistant, question)
}

const text = (id) => (url) => {
  const assistant = agentOf(url, id)
  return async () => {
    let length = 0
    for await (const delta of (await run(assistant, question, { stream: true })).toTextStream()) length += delta.length
    return length
  }
}

const loop = (id) => (url) => {
  const assistant = agentOf(url, id, [lookup()])
  return () => run(assistant, question, { maxTurns: 500 })
}

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': text('text-2000'),
  'textp-2000': text('textp-2000'),
  convert: () => () => lookup(),
  'loop-10': loop('loop-10'),
  'loop-50': loop('loop-50'),
  'loop-200': loop('loop-200'),
  'loop-10x8': loop('loop-10x8'),
  'sloop-10': (url) => {
    const assistant = agentOf(url, 'loop-10', [lookup()])
    return async () => {
      const streamed = await run(assistant, question, { maxTurns: 500, stream: true })
      for await (const _ of streamed);
      await streamed.completed
    }
  },
  'runs-1000': (url) => {
    const once = loop('wait-5')(url)
    return () => Promise.all(Array.from({ length: 1000 }, once))
  },
}
