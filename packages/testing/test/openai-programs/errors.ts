import OpenAI, { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'

/** What is thrown: a class for each status, the connection, time, abort; and what is tried again. */
export default async function errors(baseURL: string) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL, maxRetries: 0 })
  const ask = (content: string, options?: OpenAI.RequestOptions) =>
    client.chat.completions
      .create({ model: 'gpt-4.1', messages: [{ role: 'user', content }] }, options)
      .catch((error: unknown) => error)

  const statuses = []
  for (const status of [400, 401, 403, 404, 409, 418, 422, 429, 500, 503])
    statuses.push(facts(await ask(`Fail with ${status}`)))
  const again = await ask('Fail once', { maxRetries: 1 })
  const unreachable = await new OpenAI({ apiKey: 'k', baseURL: 'http://127.0.0.1:9/v1', maxRetries: 0 }).models
    .list()
    .catch((error: unknown) => error)
  const late = await ask('Say nothing', { timeout: 150 })
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 150)
  const aborted = await ask('Say nothing', { signal: controller.signal })

  const streamed = await client.chat.completions
    .create({ model: 'gpt-4.1', messages: [{ role: 'user', content: 'Fail in the stream' }], stream: true })
    .then((stream) => Array.fromAsync(stream))
    .catch((error: unknown) => error)

  const told: unknown[] = []
  const helper = client.chat.completions.stream({
    model: 'gpt-4.1',
    messages: [{ role: 'user', content: 'Fail with 404' }],
  })
  helper.on('error', (error) => told.push(facts(error))).on('end', () => told.push('end'))
  const helped = await helper.done().catch((error: unknown) => facts(error))

  const stopped = client.chat.completions.stream({
    model: 'gpt-4.1',
    messages: [{ role: 'user', content: 'Say nothing' }],
  })
  stopped.on('abort', (error) => told.push(error.constructor.name))
  setTimeout(() => stopped.abort(), 150)
  const stop = await stopped.finalContent().catch((error: unknown) => error)

  return {
    statuses,
    again: again instanceof APIError ? again.status : again,
    unreachable: unreachable instanceof OpenAI.APIConnectionError && facts(unreachable),
    late: late instanceof APIConnectionTimeoutError && facts(late),
    aborted: aborted instanceof APIUserAbortError && facts(aborted),
    streamed: streamed instanceof OpenAI.APIError && facts(streamed),
    helped,
    told,
    stop: stop instanceof OpenAI.APIUserAbortError && [stopped.aborted, stopped.ended],
  }
}

function facts(error: unknown) {
  if (!(error instanceof APIError)) return { unexpected: String(error) }
  const { status, code, type, param, requestID, message } = error
  return { name: error.constructor.name, status, code, type, param, requestID, message, error: error.error }
}
