// The same hand-written program on the global fetch.

import { z } from 'zod'
import { lookUp, parameters, question } from '../data.mjs'

const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' }
const definition = {
  type: 'function',
  function: { name: 'lookup', description: 'Weather of a city', parameters: z.toJSONSchema(parameters) },
}
const messages = [{ role: 'user', content: question }]
const post = (url, body) => fetch(`${url}/chat/completions`, { method: 'POST', headers, body: JSON.stringify(body) })

async function text(url, model) {
  const response = await post(url, { model, messages, stream: true })
  const decoder = new TextDecoder()
  let [rest, length] = ['', 0]
  for await (const bytes of response.body) {
    rest += decoder.decode(bytes, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (line.startsWith('data: ') && line !== 'data: [DONE]')
        length += JSON.parse(line.slice(6)).choices[0]?.delta.content?.length ?? 0
    }
  }
  return length
}

async function loop(url, model) {
  const history = [...messages]
  while (true) {
    const { choices } = await (await post(url, { model, messages: history, tools: [definition] })).json()
    const { message } = choices[0]
    history.push(message)
    if (!message.tool_calls?.length) return message.content
    for (const call of message.tool_calls) {
      const result = lookUp(parameters.parse(JSON.parse(call.function.arguments)))
      history.push({ role: 'tool', tool_call_id: call.id, content: JSON.stringify(result) })
    }
  }
}

const plain = (url) => async () => (await post(url, { model: 'plain', messages })).json()

export const operations = {
  'plain-seq': plain,
  'plain-64': plain,
  'text-2000': (url) => () => text(url, 'text-2000'),
  'textp-2000': (url) => () => text(url, 'textp-2000'),
  'loop-10': (url) => () => loop(url, 'loop-10'),
  'loop-50': (url) => () => loop(url, 'loop-50'),
  'loop-200': (url) => () => loop(url, 'loop-200'),
  'loop-10x8': (url) => () => loop(url, 'loop-10x8'),
  'runs-1000': (url) => () => Promise.all(Array.from({ length: 1000 }, () => loop(url, 'wait-5'))),
}
