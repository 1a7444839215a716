// The loopback server of the bench, in its own process. It answers by the model's name and knows no state:
// a loop's next answer follows from how many tool messages the request holds. Prints its port.

import { createServer } from 'node:http'
import { chunksOf, objectText, toolArguments } from './data.mjs'

const completion = (message, finish_reason, id = 'chatcmpl-bench') =>
  Buffer.from(
    JSON.stringify({
      id,
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'bench',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: null, refusal: null, ...message },
          finish_reason,
          logprobs: null,
        },
      ],
      usage: { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 },
    }),
  )

const chunk = (delta, finish_reason = null, extra = {}) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'bench',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...extra,
  })}\n\n`

const usageChunk = `data: ${JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion.chunk',
  created: 1_790_000_000,
  model: 'bench',
  choices: [],
  usage: { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 },
})}\n\n`

const streamed = (deltas, finish) => [
  chunk({ role: 'assistant', content: '', refusal: null }),
  ...deltas.map((delta) => chunk(delta)),
  chunk({}, finish),
  usageChunk,
  'data: [DONE]\n\n',
]

const said = 'Take a coat: it is four degrees in Oslo, with rain until the evening and a light wind from the west.'
const plain = completion({ content: said }, 'stop')
const saidStream = Buffer.from(
  streamed(
    said.match(/.{1,5}/gs).map((content) => ({ content })),
    'stop',
  ).join(''),
)
const textChunks = streamed(
  Array.from({ length: 2000 }, (_, at) => ({ content: ` word${at % 97}` })),
  'stop',
)
const text = Buffer.from(textChunks.join(''))
const objects = new Map(
  [20, 100, 400].map((kilobytes) => [
    `object-${kilobytes}`,
    Buffer.from(
      streamed(
        chunksOf(objectText(kilobytes)).map((content) => ({ content })),
        'stop',
      ).join(''),
    ),
  ]),
)
const objectCalls = new Map(
  [20, 100, 400].map((kilobytes) => [
    `object-${kilobytes}`,
    Buffer.from(
      streamed(
        [
          { tool_calls: [{ index: 0, id: 'call_0', type: 'function', function: { name: 'answer', arguments: '' } }] },
          ...chunksOf(objectText(kilobytes)).map((piece) => ({
            tool_calls: [{ index: 0, function: { arguments: piece } }],
          })),
        ],
        'tool_calls',
      ).join(''),
    ),
  ]),
)
const record = completion({ content: JSON.stringify({ name: 'Lena Fischer', total: 64.9, paid: true }) }, 'stop')
const mebibyte = Buffer.from(chunk({ content: 'x'.repeat(1024) }).repeat(960))

let requests = 0

const server = createServer(async (request, response) => {
  requests += 1
  if (request.method === 'GET') return json(response, Buffer.from(String(requests)))
  const pieces = []
  for await (const piece of request) pieces.push(piece)
  const body = Buffer.concat(pieces)
  const name =
    /"model":\s*"([^"]+)"/.exec(body.subarray(0, 400).toString('latin1'))?.[1] ??
    /"model":\s*"([^"]+)"/.exec(body.toString('latin1'))?.[1] ??
    'plain'
  const stream = body.includes('"stream":true')
  answer(name, stream, body, response)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(server.address().port))

function answer(name, stream, body, response) {
  if (name.startsWith('loop-') || name.startsWith('wait-')) return loop(name, stream, body, response)
  if (name === 'record') return json(response, record)
  if (name === 'text-2000') return events(response, text)
  if (name === 'textp-2000') return paced(response, textChunks)
  if (name === 'flood') return flood(response)
  if (objects.has(name))
    return events(
      response,
      body.includes('"name":"answer"') && body.includes('"tools"') ? objectCalls.get(name) : objects.get(name),
    )
  return stream ? events(response, saidStream) : json(response, plain)
}

// `loop-<steps>x<calls>`: that many steps with calls, then a text; `wait-…` the same after 50 ms.
function loop(name, stream, body, response) {
  const [, kind, steps, calls = '1'] = /^(loop|wait)-(\d+)(?:x(\d+))?/.exec(name)
  const done = count(body, '"role":"tool"') / Number(calls)
  const send = () => {
    if (done >= Number(steps)) return stream ? events(response, saidStream) : json(response, plain)
    const made = Array.from({ length: Number(calls) }, (_, index) => ({
      id: `call_${done}_${index}`,
      type: 'function',
      function: { name: 'lookup', arguments: toolArguments(done * Number(calls) + index) },
    }))
    // One framework takes two answers of one id for the same message.
    if (!stream) return json(response, completion({ tool_calls: made }, 'tool_calls', `chatcmpl-${done}`))
    const deltas = made.flatMap((call, index) => [
      { tool_calls: [{ index, ...call, function: { name: 'lookup', arguments: '' } }] },
      ...call.function.arguments
        .match(/.{1,20}/gs)
        .map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ])
    events(
      response,
      Buffer.from(streamed(deltas, 'tool_calls').join('').replaceAll('chatcmpl-bench', `chatcmpl-${done}`)),
    )
  }
  if (kind === 'wait') setTimeout(send, 50)
  else send()
}

function json(response, bytes) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}

function events(response, bytes) {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.end(bytes)
}

async function paced(response, chunks) {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  for (const piece of chunks) {
    response.write(piece)
    await new Promise(setImmediate)
  }
  response.end()
}

// 96 MiB of events, as fast as the reader takes them.
async function flood(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.on('error', () => {}).setMaxListeners(0)
  for (let sent = 0; sent < 96 && !response.destroyed; sent += mebibyte.length / 2 ** 20) {
    if (!response.write(mebibyte))
      await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
}

function count(bytes, text) {
  let found = 0
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + text.length)) found += 1
  return found
}
