import { AbortError } from '@pawl/client'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import {
  executeCall,
  prepareCall,
  setOf,
  type Tool,
  ToolError,
  type ToolOptions,
  tool,
  toolRegistry,
} from '../src/index.ts'
import { call } from './calls.ts'

const anything = z.object({})
const signal = new AbortController().signal
const lost: unknown[] = []
const note = (error: unknown) => lost.push(error)

beforeEach(() => {
  vi.useFakeTimers()
  process.on('unhandledRejection', note)
})
afterEach(() => {
  vi.useRealTimers()
  process.off('unhandledRejection', note)
  expect(lost.splice(0)).toEqual([])
})

type Execute = ToolOptions<typeof anything, unknown>['execute']

function doing(execute: Execute, more: Partial<ToolOptions<typeof anything, unknown>> = {}): Tool<unknown> {
  return tool({ name: 'act', description: 'd', parameters: anything, execute, ...more })
}

function withThen(value: object, then: PropertyDescriptor): object {
  return Object.defineProperty(value, 'then', then)
}

const later = (done: (value: string) => void) => done('later')

function fails(): never {
  throw new Error('no')
}

async function told(acting: Tool<unknown>): Promise<readonly [boolean, unknown]> {
  const done = toolRegistry([acting]).execute(call('act'))
  await vi.advanceTimersByTimeAsync(60_000)
  const { isError, message } = await done
  return [isError, message.content]
}

describe('whatever a tool does, there is one message', () => {
  test.each<[string, Execute, boolean, unknown]>([
    ['gives a text', () => 'fine', false, 'fine'],
    ['gives nothing', () => undefined, false, 'done, no output'],
    ['gives text parts', () => [{ type: 'text', text: 'part' }], false, [{ type: 'text', text: 'part' }]],
    [
      'speaks to the model',
      () => Promise.reject(new ToolError('No such city; try "Oslo"')),
      true,
      'No such city; try "Oslo"',
    ],
    [
      'throws at once',
      () => {
        throw new Error('no')
      },
      true,
      'The tool failed: Error: no',
    ],
    ['throws nothing', () => Promise.reject(undefined), true, 'The tool failed.'],
    ['throws an object', () => Promise.reject({ password: 's3cret' }), true, 'The tool failed.'],
    [
      'throws a secret',
      () => Promise.reject(new Error('GET https://joe:pw@example.com/a?key=1 failed')),
      true,
      'The tool failed: Error: GET https://***@example.com/a?*** failed',
    ],
    [
      'never ends',
      () => new Promise(() => {}),
      true,
      'The tool "act" did not end within 60000 ms and was given up. It may still have happened; check before you repeat it.',
    ],
    ['gives what can be awaited', () => withThen({}, { value: later }), false, 'later'],
    ['gives a function that can be awaited', () => withThen(() => 1, { value: later }), false, 'later'],
    ['gives a promise that was changed', () => withThen(Promise.resolve('fine'), { value: 1 }), false, 'fine'],
    ['gives what cannot be awaited', () => withThen({}, { get: fails }), true, 'The tool failed: Error: no'],
    [
      'gives what cannot be read',
      () => ({
        get x() {
          throw new Error('no')
        },
      }),
      true,
      'The tool ran, but its result cannot be written down: reading it throws.',
    ],
  ])('a tool that %s', async (_, execute, isError, content) => {
    expect(await told(doing(execute))).toEqual([isError, content])
  })
})

test('a flood is cut', async () => {
  const [, content] = await told(doing(() => 'x'.repeat(5_000_000)))
  expect(String(content).length).toBeLessThan(33_000)
})

test('a tool that breaks its promised output is told by path, and dates pass as dates', async () => {
  const output = z.object({ at: z.date() })
  expect(await told(doing(() => ({ at: new Date(0) }), { output }))).toEqual([
    false,
    '{"at":"1970-01-01T00:00:00.000Z"}',
  ])
  expect((await told(doing(() => ({ at: 'noon' }), { output })))[1]).toMatch(/^The tool ran, but gave a result .* at: /)
})

test('a repair is told with the result', async () => {
  const { message } = await toolRegistry([doing(() => 'fine')]).execute(call('act', '{,}'.replace(',', '')))
  const mended = await toolRegistry([doing(() => 'fine')]).execute(call('act', '```json\n{}\n```'))
  expect([message.content, mended.message.content]).toEqual([
    'fine',
    'fine\n(Note: a code fence around the arguments was taken off.)',
  ])
})

test('a tool that was given up sees its signal fire, and its late end is told apart', async () => {
  const late = vi.fn()
  const seen: unknown[] = []
  const acting = doing((_, context) => {
    context.signal.addEventListener('abort', () => seen.push(context.signal.reason.name))
    return new Promise((resolve) => setTimeout(() => resolve('late'), 90_000))
  })
  const ready = prepareCall(setOf([acting]), call('act'))
  if (ready.type !== 'ready') throw new Error('not ready')
  const context = { context: undefined, signal, callId: 'a', idempotencyKey: 'a', progress() {} }
  const done = executeCall(ready, context, { onLate: late, now: () => Date.now() })
  await vi.advanceTimersByTimeAsync(100_000)
  expect([(await done).ms, seen, late.mock.calls[0]?.[0].message.content]).toEqual([60_000, ['TimeoutError'], 'late'])
})

test('an abort is thrown at once, from a tool that ignores it too', async () => {
  const stop = new AbortController()
  const done = toolRegistry([doing(() => new Promise(() => {}))]).executeAll([call('act')], { signal: stop.signal })
  setTimeout(() => stop.abort(), 10)
  const caught = done.catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(10)
  expect(await caught).toBeInstanceOf(AbortError)
})

test('a tool that holds the thread is warned of by name, once', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  let time = 0
  const acting = doing(() => {
    time += 1_500
  })
  const registry = toolRegistry([acting], { now: () => time })
  const results = await registry.executeAll([call('act', {}, 'a'), call('act', {}, 'b')])
  expect(results.map(({ ms }) => ms)).toEqual([1_500, 1_500])
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    'The tool "act" held the thread for 1500 ms, and no limit can stop it there. Let it wait between its parts, or do its work in a worker.',
  ])
  warn.mockRestore()
})

test('a tool that gives its value at once may abort its own run', async () => {
  const stop = new AbortController()
  const late = vi.fn()
  const acting = doing(() => {
    stop.abort()
    return 'done'
  })
  const done = toolRegistry([acting], { onLate: late }).execute(call('act'), { signal: stop.signal })
  expect(await done.catch((error: unknown) => error)).toBeInstanceOf(AbortError)
  expect(late.mock.calls[0]?.[0].message.content).toBe('done')
})

test('an approval rule that hangs is a call that is not run', async () => {
  const [isError, content] = await told(doing(() => 'ran', { approval: () => new Promise<boolean>(() => {}) }))
  expect([isError, content]).toEqual([true, 'A person must allow "act", and nobody was asked; it was not run.'])
})

const behaviour = fc.record({
  act: fc.constantFrom('give', 'return', 'throw', 'reject', 'hang', 'late', 'cycle'),
  ms: fc.integer({ min: 0, max: 100 }),
  lock: fc.constantFrom('a', 'b', 'c'),
})

test('any script of behaviours gives one message a call, in call order, and no lock is held twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(behaviour, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (script, concurrency) => {
        const running = new Map<string, number>()
        let [most, now] = [0, 0]
        const parameters = z.object({ at: z.int() })
        const acting = tool({
          name: 'act',
          description: 'd',
          parameters,
          timeout: 1_000,
          lock: ({ at }) => script[at]?.lock ?? '',
          execute: ({ at }, { signal: given }) => {
            const { act, ms, lock } = script[at] ?? { act: 'return', ms: 0, lock: '' }
            running.set(lock, (running.get(lock) ?? 0) + 1)
            most = Math.max(most, ++now, ...[...running.values()].map((held) => (held > 1 ? 99 : 0)))
            const end = () => {
              running.set(lock, (running.get(lock) ?? 0) - 1)
              now -= 1
            }
            if (act === 'give' || act === 'throw') end()
            if (act === 'give') return at
            if (act === 'throw') throw new Error('no')
            given.addEventListener('abort', end)
            return new Promise((resolve, reject) => {
              if (act === 'hang') return
              setTimeout(
                () => {
                  if (!given.aborted) end()
                  const cycle: { self?: unknown } = {}
                  cycle.self = cycle
                  if (act === 'reject' || act === 'late') reject(new Error('no'))
                  else resolve(act === 'cycle' ? cycle : at)
                  resolve('twice')
                },
                act === 'late' ? 2_000 + ms : ms,
              )
            })
          },
        })
        const calls = script.map((_, at) => call('act', { at }, `call_${at}`))
        const done = toolRegistry([acting], { concurrency }).executeAll(calls)
        await vi.advanceTimersByTimeAsync(20_000)
        const results = await done
        expect(results.map(({ message }) => message.tool_call_id)).toEqual(calls.map(({ id }) => id))
        expect(results.map(({ isError }) => isError)).toEqual(
          script.map(({ act }) => !['give', 'return', 'cycle'].includes(act)),
        )
        expect(most).toBeLessThanOrEqual(concurrency)
      },
    ),
  )
})
