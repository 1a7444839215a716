/** 1.3 of the catalogue, third part: tool calls as servers stream them. */

import type { Scenario } from './scenario.ts'
import { call, chunk, streamed } from './wire.ts'

const end = chunk({}, 'tool_calls')
const one = { id: 'call_a', name: 'add', arguments: '{"x":1}' }
const two = { id: 'call_b', name: 'add', arguments: '{"x":2}' }
const head = (fields: object, text = '') =>
  call({ type: 'function', function: { name: 'add', arguments: text }, ...fields })
const tail = (fields: object, text: string) => call({ function: { arguments: text }, ...fields })
const made = (id: unknown) => typeof id === 'string' && id.length > 0 && id.length <= 40

const streams: readonly [id: string, what: string, chunks: readonly unknown[], calls: readonly unknown[]][] = [
  [
    'F58',
    'later deltas with id "" and name ""',
    [
      head({ index: 0, id: 'call_a' }),
      call({ index: 0, id: '', function: { name: '', arguments: '{"x"' } }),
      call({ index: 0, id: '', function: { name: '', arguments: ':1}' } }),
    ],
    [one],
  ],
  [
    'F58',
    'the name in every delta',
    [head({ index: 0, id: 'call_a' }, '{"x"'), head({ index: 0, id: 'call_a' }, ':1}')],
    [one],
  ],
  [
    'F59',
    'the name after the first arguments',
    [
      call({ index: 0, id: 'call_a', type: 'function', function: { arguments: '{"x"' } }),
      call({ index: 0, function: { name: 'add', arguments: ':1}' } }),
    ],
    [one],
  ],
  ['F60', 'no id', [head({ index: 0 }), tail({ index: 0 }, '{"x":1}')], [{ ...one, id: made }]],
  ['F61', 'no index', [head({ id: 'call_a' }, '{"x"'), tail({}, ':1}'), head({ id: 'call_b' }, '{"x":2}')], [one, two]],
  [
    'F62',
    'every call at index 0',
    [head({ index: 0, id: 'call_a' }, '{"x":1}'), head({ index: 0, id: 'call_b' }), tail({ index: 0 }, '{"x":2}')],
    [one, two],
  ],
  [
    'F63',
    'indexes out of order, interleaved',
    [
      head({ index: 1, id: 'call_b' }),
      head({ index: 0, id: 'call_a' }),
      tail({ index: 1 }, '{"x"'),
      tail({ index: 0 }, '{"x":1}'),
      tail({ index: 1 }, ':2}'),
    ],
    [one, two],
  ],
  [
    'F64',
    'one id for two calls',
    [head({ index: 0, id: 'call_a' }, '{"x":1}'), head({ index: 1, id: 'call_a' }, '{"x":2}')],
    [one, { ...two, id: (id: unknown) => made(id) && id !== 'call_a' }],
  ],
  [
    'F65',
    'arguments as an object',
    [call({ index: 0, id: 'call_a', type: 'function', function: { name: 'add', arguments: { x: 1 } } })],
    [one],
  ],
  [
    'F66',
    '"{}" first, then the arguments',
    [head({ index: 0, id: 'call_a' }, '{}'), tail({ index: 0 }, '{"x"'), tail({ index: 0 }, ':1}')],
    [one],
  ],
  ['F67', 'no arguments', [head({ index: 0, id: 'call_a' })], [{ ...one, arguments: '{}' }]],
  [
    'F67',
    'arguments null',
    [call({ index: 0, id: 'call_a', type: 'function', function: { name: 'add', arguments: null } })],
    [{ ...one, arguments: '{}' }],
  ],
]

export const toolCalls: readonly Scenario[] = [
  ...streams.map(
    ([id, what, chunks, calls]): Scenario => ({
      id,
      what,
      script: streamed([chunk({ role: 'assistant', content: null }), ...chunks, end]),
      calls: ['stream'],
      ends: { calls, finish: 'tool_calls' },
      requests: 1,
    }),
  ),
  {
    id: 'F68',
    what: 'finish "stop" with calls',
    script: streamed([head({ index: 0, id: 'call_a' }, '{"x":1}'), chunk({}, 'stop')]),
    calls: ['stream'],
    ends: { calls: [one] },
    requests: 1,
  },
  {
    id: 'F68',
    what: 'the call in the finishing chunk',
    script: streamed([call({ index: 0, id: 'call_a', function: { name: 'add', arguments: '{"x":1}' } }, 'tool_calls')]),
    calls: ['stream'],
    ends: { calls: [one], done: ['add'] },
    requests: 1,
  },
]
