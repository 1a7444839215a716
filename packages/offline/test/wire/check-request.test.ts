import { expect, test } from 'vitest'
import { offlineModelId } from '../../src/index.ts'
import { checkRequest } from '../../src/wire/check-request.ts'
import { RequestFault } from '../../src/wire/request-fault.ts'
import { offer } from '../ask.ts'

const user = { role: 'user', content: 'Hi' }
const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }
const f = offer('f', 'F')
const base = { model: offlineModelId, messages: [user] }

test.each([
  [{ messages: undefined }, 'messages'],
  [{ messages: [] }, 'messages'],
  [{ messages: ['Hi'] }, 'messages[0]'],
  [{ messages: [{ role: 'robot', content: 'Hi' }] }, 'messages[0].role'],
  [{ messages: [{ role: 'user' }] }, 'messages[0].content'],
  [{ messages: [user, { role: 'assistant' }] }, 'messages[1].content'],
  [
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
    'messages[0].content[0]',
  ],
  [{ messages: [user, { role: 'assistant', tool_calls: [call] }] }, 'messages'],
  [{ messages: [user, { role: 'assistant', tool_calls: [call] }, user] }, 'messages'],
  [{ messages: [user, { role: 'tool', tool_call_id: 'c1', content: '1' }] }, 'messages[1].tool_call_id'],
  [{ tools: [{ type: 'function' }] }, 'tools[0].function.name'],
  [{ tools: [offer('not a name', '')] }, 'tools[0].function.name'],
  [{ tools: [{ type: 'function', function: { name: 'f', parameters: 'x' } }] }, 'tools[0].function.parameters'],
  [{ tool_choice: 'auto' }, 'tool_choice'],
  [{ tools: [f], tool_choice: 'maybe' }, 'tool_choice'],
  [{ tools: [f], tool_choice: { type: 'function', function: { name: 'g' } } }, 'tool_choice.function.name'],
  [{ parallel_tool_calls: false }, 'parallel_tool_calls'],
  [{ stream_options: { include_usage: true } }, 'stream_options'],
  [{ n: 0 }, 'n'],
  [{ stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop'],
  [{ response_format: { type: 'xml' } }, 'response_format.type'],
  [{ response_format: { type: 'json_object' } }, 'messages'],
  [
    { response_format: { type: 'json_schema', json_schema: { name: 'a b', schema: {} } } },
    'response_format.json_schema.name',
  ],
  [{ response_format: { type: 'json_schema', json_schema: { name: 'x' } } }, 'response_format.json_schema.schema'],
])('%j is refused for %s', (wrong, param) => {
  const check = () => checkRequest({ ...base, ...wrong })
  expect(check).toThrow(RequestFault)
  expect(check).toThrow(expect.objectContaining({ status: 400, param }))
})

test('null parameters and unknown ones are passed over', () => {
  const request = {
    ...base,
    temperature: null,
    seed: 7,
    stream: null,
    tools: null,
    tool_choice: null,
    response_format: null,
    made_up: 1,
  }
  expect(checkRequest(request)).toEqual(checkRequest(base))
})

test('allowed_tools narrows the tools, and custom tools are not called', () => {
  const tools = [f, offer('g', 'G'), { type: 'custom', custom: { name: 'h' } }]
  const allowed = {
    type: 'allowed_tools',
    allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'g' } }] },
  }
  expect(checkRequest({ ...base, tools }).tools.map((tool) => tool.name)).toEqual(['f', 'g'])
  expect(checkRequest({ ...base, tools, tool_choice: allowed })).toMatchObject({
    tools: [{ name: 'g' }],
    toolChoice: { type: 'required' },
  })
})

test('text parts are joined, and a refusal of before counts as what was said', () => {
  const messages = [
    {
      role: 'developer',
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    },
    user,
    { role: 'assistant', content: null, refusal: 'No.' },
  ]
  expect(checkRequest({ ...base, messages }).messages).toEqual([
    { role: 'system', text: 'a\nb' },
    { role: 'user', text: 'Hi' },
    { role: 'assistant', text: 'No.', calls: [] },
  ])
})
