/** A chat-completions server for the programs: answers by the last message, and keeps what it is told to store. */

import type { ChatCompletion, Message } from '@pawl/client'
import {
  type Answer,
  answering,
  answers,
  callsTools,
  cutOff,
  type FaultReply,
  type FaultServer,
  faultServer,
  type ReceivedRequest,
  refuses,
  says,
  sse,
} from '../src/index.ts'

const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) })

const error = (status: number, code: string | null) =>
  json({ error: { message: `No luck: ${status}.`, type: `type_${status}`, param: 'messages', code } }, status)

const turns: Readonly<Record<string, Answer>> = {
  'Do I need a coat in Oslo?': says('Yes, take a coat.'),
  'Say no': refuses('I would rather not say.'),
  'Weather, twice': callsTools(['weather', { city: 'Oslo' }], ['weather', { city: 'Bergen' }]),
  'Coat as JSON': says('{"needed":true,"reason":"It rains in Oslo."}'),
  'Coat of another shape': says('{"needed":"very"}'),
  'Run out of tokens': cutOff(says('{"needed":true,"reason":""}')),
  'Get filtered': cutOff(says('{"needed":true,"reason":""}'), { finish: 'content_filter' }),
  'Answer with broken JSON': says('{"needed":'),
}

export async function openaiServer(): Promise<FaultServer> {
  const stored = new Map<string, { completion: ChatCompletion; messages: readonly Message[] }>()
  let failedOnce = false

  function complete(request: ReceivedRequest, number: number): FaultReply {
    const body = request.body as { messages: Message[]; store?: boolean; metadata?: Record<string, string>; n?: number }
    const content = body.messages.at(-1)?.content
    const asked = typeof content === 'string' ? content : 'Two choices'
    const status = Number(/^Fail with (\d+)$/.exec(asked)?.[1])
    if (status) return { ...error(status, `code_${status}`), headers: { 'x-request-id': `req_${status}` } }
    if (asked === 'Say nothing') return 'stall'
    if (asked === 'Fail once' && !failedOnce) {
      failedOnce = true
      return 'status:429;retry-after-ms=5'
    }
    if (asked === 'Fail in the stream') {
      const fault = { error: { message: 'Overloaded.', type: 'server_error', param: null, code: 'busy' } }
      return { headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_s' }, body: sse([fault]) }
    }
    if (body.store) {
      const id = `chatcmpl-${asked}`
      const completion = { ...whole(says(asked)), id, metadata: body.metadata ?? null }
      stored.set(id, { completion, messages: body.messages })
      return answers(completion)
    }
    if (body.n === 2) {
      const one = whole(says('Yes.'))
      const logprobs = { content: [{ token: 'Yes', logprob: -0.1, bytes: [89], top_logprobs: [] }], refusal: null }
      return answers({
        ...one,
        choices: [0, 1].flatMap((index) => one.choices.map((c) => ({ ...c, index, logprobs }))),
      })
    }
    return answering(turns[asked] ?? says('Good.'))(request, number)
  }

  function keep(request: ReceivedRequest): FaultReply {
    const { pathname, searchParams } = new URL(request.path, 'http://server')
    const [kind, id, messages] = pathname.replace('/v1/', '').replace('chat/completions', 'completions').split('/')
    if (kind === 'models') {
      const model = (name: string) => ({ id: name, object: 'model', created: 1, owned_by: 'me' })
      return json(id ? model(decodeURIComponent(id)) : { object: 'list', data: [model('gpt-4.1'), model('gpt-5')] })
    }
    if (id === undefined)
      return json(
        page(
          [...stored.values()].map(({ completion }) => completion),
          searchParams,
        ),
      )
    const found = stored.get(id)
    if (!found) return error(404, 'not_found')
    if (messages)
      return json(
        page(
          found.messages.map((message, at) => ({ ...message, id: `${id}-${at}` })),
          searchParams,
        ),
      )
    if (request.method === 'DELETE') {
      stored.delete(id)
      return json({ object: 'chat.completion.deleted', id, deleted: true })
    }
    if (request.method === 'POST') Object.assign(found.completion, request.body)
    return json(found.completion)
  }

  return await faultServer({
    script: (request, number) =>
      request.path === '/v1/chat/completions' && request.method === 'POST' ? complete(request, number) : keep(request),
  })
}

function whole(answer: Answer): ChatCompletion {
  const request = { method: '', path: '', headers: {}, body: { model: 'gpt-4.1' }, text: '', connection: 0 }
  return JSON.parse(String(answering(answer)(request, 1).body))
}

function page(items: readonly { id: string }[], query: URLSearchParams) {
  const after = items.findIndex(({ id }) => id === query.get('after')) + 1
  const limit = Number(query.get('limit') ?? 20)
  const data = items.slice(after, after + limit)
  const [first_id, last_id] = [data[0]?.id ?? null, data.at(-1)?.id ?? null]
  return { object: 'list', data, first_id, last_id, has_more: after + limit < items.length }
}
