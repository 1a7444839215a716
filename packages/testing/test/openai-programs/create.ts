import OpenAI from 'openai'

/** Plain completions: every kind of message, many parameters, several choices, the response beside the data. */
export default async function create(baseURL: string) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL, organization: 'org-1', project: 'proj-1' })
  const plain = await client.chat.completions.create({
    model: 'gpt-4.1',
    messages: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: 'Do I need a coat in Oslo?' },
    ],
    temperature: 0,
    max_completion_tokens: 100,
    stop: ['\n'],
    seed: 7,
    metadata: { place: 'Oslo' },
  })
  const parts = await client.chat.completions.create({
    model: 'gpt-4.1',
    n: 2,
    logprobs: true,
    top_logprobs: 1,
    messages: [
      {
        role: 'user',
        content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } }],
      },
      { role: 'assistant', content: 'A coat.', refusal: null },
      { role: 'user', content: [{ type: 'text', text: 'Two choices' }], name: 'ada' },
    ],
  })
  const { data, response, request_id } = await client.chat.completions
    .create(
      { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Say no' }] },
      { headers: { 'x-program': 'create' } },
    )
    .withResponse()
  return {
    plain,
    requestId: plain._request_id,
    parts,
    refusal: data.choices[0]?.message.refusal,
    response: [response.status, response.headers.get('x-request-id'), request_id],
  }
}
