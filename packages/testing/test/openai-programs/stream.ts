import OpenAI from 'openai'

const body = {
  model: 'gpt-4.1',
  messages: [{ role: 'user' as const, content: 'Do I need a coat in Oslo?' }],
  stream_options: { include_usage: true },
}

/** Streams: raw chunks, the helper with its events, its final values, an end by the reader. */
export default async function stream(baseURL: string) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL })

  const chunks: unknown[] = []
  for await (const chunk of await client.chat.completions.create({ ...body, stream: true })) chunks.push(chunk)

  const events: unknown[] = []
  const helper = client.chat.completions.stream(body)
  helper
    .on('connect', () => events.push(['connect']))
    .on('chunk', (chunk, snapshot) =>
      events.push(['chunk', chunk.choices.length, snapshot.choices[0]?.message.content]),
    )
    .on('content', (delta, snapshot) => events.push(['content', delta, snapshot]))
    .on('content.delta', ({ delta, snapshot, parsed }) => events.push(['content.delta', delta, snapshot, parsed]))
    .on('content.done', ({ content, parsed }) => events.push(['content.done', content, parsed]))
    .on('message', (message) => events.push(['message', message]))
    .on('chatCompletion', (completion) => events.push(['chatCompletion', completion]))
    .on('finalContent', (content) => events.push(['finalContent', content]))
    .on('finalMessage', (message) => events.push(['finalMessage', message]))
    .on('finalChatCompletion', (completion) => events.push(['finalChatCompletion', completion]))
    .on('totalUsage', (usage) => events.push(['totalUsage', usage]))
    .on('end', () => events.push(['end']))
  const final = {
    completion: await helper.finalChatCompletion(),
    content: await helper.finalContent(),
    message: await helper.finalMessage(),
    usage: await helper.totalUsage(),
    all: helper.allChatCompletions().length,
    messages: helper.messages,
    state: [helper.ended, helper.errored, helper.aborted],
  }

  const iterated: unknown[] = []
  for await (const chunk of client.chat.completions.stream(body)) iterated.push(chunk.choices[0]?.delta)

  const refused: unknown[] = []
  await client.chat.completions
    .stream({ ...body, messages: [{ role: 'user', content: 'Say no' }] })
    .on('refusal.delta', ({ delta, snapshot }) => refused.push([delta, snapshot]))
    .on('refusal.done', ({ refusal }) => refused.push(refusal))
    .done()

  const beginning: unknown[] = []
  const cut = await client.chat.completions.create({ ...body, stream: true })
  for await (const chunk of cut) {
    beginning.push(chunk.choices[0]?.delta)
    if (beginning.length === 2) cut.controller.abort()
  }

  const readable = (await client.chat.completions.create({ ...body, stream: true })).toReadableStream()
  const lines = (await new Response(readable).text()).trim().split('\n')

  return { chunks, events, final, iterated, refused, beginning, lines: lines.map((line) => JSON.parse(line)) }
}
