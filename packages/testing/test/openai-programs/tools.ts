import OpenAI from 'openai'

const tools: OpenAI.Chat.Completions.ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'weather',
      description: 'Weather of a city today',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
        additionalProperties: false,
      },
      strict: true,
    },
  },
  { type: 'custom', custom: { name: 'sql', description: 'Runs a query', format: { type: 'text' } } },
]

/** A loop over tool calls as it is written by hand, plain and streamed. */
export default async function callTools(baseURL: string) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL })
  const messages: OpenAI.Chat.Completions.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Weather, twice' }]

  const asked = await client.chat.completions.create({ model: 'gpt-4.1', messages, tools, parallel_tool_calls: true })
  const message = asked.choices[0]?.message
  if (message) messages.push(message)
  for (const call of message?.tool_calls ?? []) {
    const content = call.type === 'function' ? `Rain in ${JSON.parse(call.function.arguments).city}` : call.custom.input
    messages.push({ role: 'tool', tool_call_id: call.id, content })
  }
  const answer = await client.chat.completions.create({
    model: 'gpt-4.1',
    messages,
    tools,
    tool_choice: { type: 'function', function: { name: 'weather' } },
  })

  const events: unknown[] = []
  const stream = client.chat.completions
    .stream({
      model: 'gpt-4.1',
      messages: [{ role: 'user', content: 'Weather, twice' }],
      tools,
      tool_choice: 'required',
    })
    .on('tool_calls.function.arguments.delta', (event) => events.push(['delta', event]))
    .on('tool_calls.function.arguments.done', (event) => events.push(['done', event]))
    .on('functionToolCall', (call) => events.push(['functionToolCall', call]))
    .on('finalFunctionToolCall', (call) => events.push(['finalFunctionToolCall', call]))
  return {
    asked,
    answer,
    streamed: await stream.finalMessage(),
    last: await stream.finalFunctionToolCall(),
    events,
  }
}
