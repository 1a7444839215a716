import OpenAI from 'openai'

/** Completions that the server keeps, page by page, and the models it has. */
export default async function stored(baseURL: string) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL })
  for (const content of ['one', 'two', 'three']) {
    await client.chat.completions.create({
      model: 'gpt-4.1',
      messages: [{ role: 'user', content }],
      store: true,
      metadata: { content },
    })
  }
  const ids: string[] = []
  for await (const completion of client.chat.completions.list({ limit: 2, metadata: { kept: 'yes' } }))
    ids.push(completion.id)

  const first = await client.chat.completions.list({ limit: 2 })
  const second = first.hasNextPage() ? await first.getNextPage() : undefined
  const id = ids[0] ?? ''
  const updated = await client.chat.completions.update(id, { metadata: { topic: 'coats' } })
  const messages: unknown[] = []
  for await (const message of client.chat.completions.messages.list(id)) messages.push(message)
  const deleted = await client.chat.completions.delete(id)
  const gone = await client.chat.completions.retrieve(id).catch((error: unknown) => error)
  const models: string[] = []
  for await (const model of client.models.list()) models.push(model.id)
  const model = await client.models.retrieve('ft:gpt/4.1')
  return {
    ids,
    first: [first.data.map(({ id }) => id), first.has_more, first.hasNextPage()],
    second: second?.data.map(({ id }) => id),
    kept: await client.chat.completions.retrieve(ids[1] ?? ''),
    updated,
    messages,
    deleted,
    gone: gone instanceof OpenAI.NotFoundError && [gone.status, gone.code],
    models,
    model,
  }
}
