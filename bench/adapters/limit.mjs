// The hand-written program on raw undici and JSON.parse: what everybody is measured against.

import { Agent, request, setGlobalDispatcher } from 'undici'
import { z } from 'zod'
import { lookUp, objectText, parameters, question, toolTexts } from '../data.mjs'

setGlobalDispatcher(new Agent({ connections: 2000, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 }))
const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' }
const definition = {
  type: 'function',
  function: { name: 'lookup', description: 'Weather of a city', parameters: z.toJSONSchema(parameters) },
}

async function complete(url, body) {
  const response = await request(`${url}/chat/completions`, { method: 'POST', headers, body: JSON.stringify(body) })
  return JSON.parse(await response.body.text())
}

async function* stream(url, body) {
  const response = await request(`${url}/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...body, stream: true }),
  })
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of response.body) {
    rest += decoder.decode(bytes, { stream: true })
    let from = 0
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', from)) {
      const line = rest.slice(from, end)
      from = end + 1
      if (!line.startsWith('data: ')) continue
      if (line === 'data: [DONE]') return
      yield JSON.parse(line.slice(6))
    }
    rest = rest.slice(from)
  }
}

const messages = [{ role: 'user', content: question }]

async function text(url, model) {
  let length = 0
  for await (const chunk of stream(url, { model, messages })) length += chunk.choices[0]?.delta.content?.length ?? 0
  return length
}

async function loop(url, model, streamed = false) {
  const history = [...messages]
  while (true) {
    const body = { model, messages: history, tools: [definition] }
    const message = streamed ? await gather(url, body) : (await complete(url, body)).choices[0].message
    history.push(message)
    if (!message.tool_calls?.length) return message.content
    const results = await Promise.all(
      message.tool_calls.map(async (call) => lookUp(parameters.parse(JSON.parse(call.function.arguments)))),
    )
    for (const [at, result] of results.entries())
      history.push({ role: 'tool', tool_call_id: message.tool_calls[at].id, content: JSON.stringify(result) })
  }
}

async function gather(url, body) {
  const message = { role: 'assistant', content: null }
  for await (const chunk of stream(url, body)) {
    const delta = chunk.choices[0]?.delta
    if (!delta) continue
    if (delta.content) message.content = (message.content ?? '') + delta.content
    for (const { index, function: called, ...rest } of delta.tool_calls ?? []) {
      message.tool_calls ??= []
      message.tool_calls[index] ??= { ...rest, function: { name: called.name, arguments: '' } }
      message.tool_calls[index].function.arguments += called.arguments
    }
  }
  return message
}

const partial = (kilobytes) => () => {
  const text = objectText(kilobytes)
  return () => JSON.parse(text)
}

const appends = (count) => async () => {
  const { DatabaseSync } = await import('node:sqlite')
  const { mkdtempSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const database = new DatabaseSync(`${mkdtempSync(`${tmpdir()}/pawl-bench-`)}/append.db`)
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table log (at integer primary key, event text)',
  )
  const insert = database.prepare('insert into log (event) values (?)')
  const event = JSON.stringify({ type: 'completion.done', text: 'x'.repeat(1400) })
  return () => {
    for (let at = 0; at < count; at += 1) insert.run(event)
  }
}

export const operations = {
  'plain-seq': (url) => () => complete(url, { model: 'plain', messages }),
  'plain-64': (url) => () => complete(url, { model: 'plain', messages }),
  'text-2000': (url) => () => text(url, 'text-2000'),
  'textp-2000': (url) => () => text(url, 'textp-2000'),
  'snapshot-2000': (url) => () => text(url, 'text-2000'),
  convert: () => () => z.toJSONSchema(parameters),
  'partial-20': partial(20),
  'partial-100': partial(100),
  'partial-1000': partial(1000),
  'prepared-call': () => {
    let at = 0
    return () => parameters.parse(JSON.parse(toolTexts[at++ % 50]))
  },
  'validated-call': () => {
    let at = 0
    return async () => lookUp(parameters.parse(JSON.parse(toolTexts[at++ % 50])))
  },
  'object-20': (url) => () => text(url, 'object-20'),
  'object-100': (url) => () => text(url, 'object-100'),
  'object-400': (url) => () => text(url, 'object-400'),
  'extract-5000': (url) => async () => {
    let next = 0
    const work = async () => {
      while (next++ < 5000) JSON.parse((await complete(url, { model: 'record', messages })).choices[0].message.content)
    }
    await Promise.all(Array.from({ length: 64 }, work))
  },
  'loop-10': (url) => () => loop(url, 'loop-10'),
  'loop-50': (url) => () => loop(url, 'loop-50'),
  'loop-200': (url) => () => loop(url, 'loop-200'),
  'loop-10x8': (url) => () => loop(url, 'loop-10x8'),
  'sloop-10': (url) => () => loop(url, 'loop-10', true),
  'runs-1000': (url) => () => Promise.all(Array.from({ length: 1000 }, () => loop(url, 'wait-5'))),
  'runs-5000': (url) => () => Promise.all(Array.from({ length: 5000 }, () => loop(url, 'wait-5'))),
  append: appends(1),
  'stored-alone': appends(11),
}
