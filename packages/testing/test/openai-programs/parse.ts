import OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'

const Coat = z.object({ needed: z.boolean(), reason: z.string() })

const plainFormat = {
  type: 'json_schema' as const,
  json_schema: { name: 'coat', strict: true, schema: { type: 'object', properties: { needed: { type: 'boolean' } } } },
}

const ask = (content: string) => ({ model: 'gpt-4.1', messages: [{ role: 'user' as const, content }] })

/** Structured output: a plain JSON Schema, a zod schema, strict tools, refusals, answers that were cut. */
export default async function parse(baseURL: string) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL })
  const plain = await client.chat.completions.parse({ ...ask('Coat as JSON'), response_format: plainFormat })
  const typed = await client.chat.completions.parse({
    ...ask('Coat as JSON'),
    response_format: zodResponseFormat(Coat, 'coat'),
  })
  const reason: string | undefined = typed.choices[0]?.message.parsed?.reason
  const refused = await client.chat.completions.parse({ ...ask('Say no'), response_format: plainFormat })
  const called = await client.chat.completions.parse({
    ...ask('Weather, twice'),
    tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' }, strict: true } }],
  })

  const events: unknown[] = []
  const stream = client.chat.completions
    .stream({ ...ask('Coat as JSON'), response_format: zodResponseFormat(Coat, 'coat') })
    .on('content.delta', ({ snapshot, parsed }) => events.push([snapshot, parsed]))
    .on('content.done', ({ parsed }) => events.push(parsed?.reason))
  const streamed = await stream.finalMessage()

  const faults = []
  for (const content of ['Run out of tokens', 'Get filtered', 'Answer with broken JSON', 'Coat of another shape']) {
    const fault = await client.chat.completions
      .parse({ ...ask(content), response_format: zodResponseFormat(Coat, 'coat') })
      .catch((error: unknown) => error)
    faults.push(fault instanceof Error && [fault.constructor.name, fault instanceof OpenAI.OpenAIError])
  }
  const loose = () =>
    client.chat.completions.parse({ ...ask('x'), tools: [{ type: 'function', function: { name: 'weather' } }] })
  return { plain, typed, reason, refused, called, events, streamed, faults, loose: nameOf(loose) }
}

function nameOf(call: () => unknown): string {
  try {
    call()
    return 'nothing'
  } catch (error) {
    return error instanceof OpenAI.OpenAIError ? 'OpenAIError' : String(error)
  }
}
