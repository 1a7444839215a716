import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import {
  approvalRequired,
  combined,
  filtered,
  prefixed,
  renamed,
  type Tool,
  type ToolContext,
  ToolDefinitionError,
  type ToolSource,
  textTool,
  tool,
  toolRegistry,
  toolSet,
} from '../src/index.ts'
import { call } from './calls.ts'

const parameters = z.object({ at: z.int() })
const make = (name: string, more: { approval?: boolean | (() => boolean | string) } = {}): Tool<unknown> =>
  tool({ name, description: `Does ${name}`, parameters, execute: ({ at }) => `${name} ${at}`, ...more })
const read = make('read')
const write = make('write')
const shell = textTool({ name: 'shell', description: 'Runs text', execute: (input) => input })
const source: ToolSource<unknown> = { tools: () => [read, write] }
const other: ToolSource<unknown> = { tools: async () => [shell] }

describe('a wrapped source gives the same tools, changed only in what it says', () => {
  test.each<[string, ToolSource<unknown>, readonly Tool<unknown>[]]>([
    ['combined', combined(source, other), [read, write, shell]],
    ['combined of none', combined(), []],
    ['filtered by name', filtered(source, ['write', 'nobody']), [write]],
    ['filtered by a rule', filtered(combined(source, other), ({ type }) => type === 'custom'), [shell]],
    ['prefixed', prefixed(source, 'fs'), [calledAs(read, 'fs_read'), calledAs(write, 'fs_write')]],
    ['prefixed, of text', prefixed(other, 'my'), [calledAs(shell, 'my_shell')]],
    ['renamed', renamed(source, { read: 'look', nobody: 'else' }), [calledAs(read, 'look'), write]],
    ['with approval', approvalRequired(source), [allowed(read), allowed(write)]],
    [
      'all at once',
      filtered(prefixed(approvalRequired(source), 'fs'), ['fs_read']),
      [allowed(calledAs(read, 'fs_read'))],
    ],
  ])('%s', async (_, wrapped, expected) => {
    expect(await wrapped.tools()).toEqual(expected)
  })

  function calledAs(before: Tool<unknown>, name: string): Tool<unknown> {
    const { definition } = before
    const renamed =
      definition.type === 'function'
        ? { ...definition, function: { ...definition.function, name } }
        : { ...definition, custom: { ...definition.custom, name } }
    return { ...before, name, definition: renamed, hash: expect.not.stringMatching(before.hash) }
  }

  function allowed(before: Tool<unknown>): Tool<unknown> {
    return { ...before, approval: true }
  }
})

describe('an approval is asked where the wrapper or the tool wants one', () => {
  const context: ToolContext<unknown> = {
    context: undefined,
    signal: new AbortController().signal,
    callId: 'a',
    idempotencyKey: 'a',
    progress() {},
  }
  test.each<[string, boolean | (() => boolean | string), boolean | (() => boolean | string) | undefined, unknown]>([
    ['both say no', false, () => false, false],
    ['the wrapper says why', () => 'costs money', () => 'deletes', 'costs money'],
    ['the tool says why', () => false, () => 'deletes', 'deletes'],
    ['the tool always wants one', false, true, true],
    ['the tool has no rule', () => 'costs money', undefined, 'costs money'],
  ])('%s', async (_, rule, own, answer) => {
    const [wrapped] = await approvalRequired(
      { tools: () => [make('act', { ...(own && { approval: own }) })] },
      rule,
    ).tools()
    const { approval } = wrapped as Tool<unknown>
    expect(typeof approval === 'function' ? await approval({}, context) : approval).toBe(answer)
  })
})

test('a tool under another name is called by that, and by no other', async () => {
  const registry = toolRegistry([prefixed(renamed(source, { read: 'look' }), 'fs')])
  const results = await registry.executeAll([
    call('fs_look', { at: 1 }),
    call('read', { at: 1 }),
    call('fs_write', { at: 2 }),
  ])
  expect(results.map(({ value }) => value)).toEqual(['read 1', undefined, 'write 2'])
})

describe('a list that no model could use is refused when it is resolved', () => {
  test.each<[string, ToolSource<unknown>, string]>([
    ['a name twice', combined(source, source), 'Two tools are called "read"'],
    ['names that look alike', renamed(source, { read: 'wrlte', write: 'wr1te' }), 'too alike'],
    ['a name that is too long', prefixed(source, 'x'.repeat(64)), 'A tool cannot be called'],
  ])('%s', async (_, wrapped, message) => {
    const error = await toolRegistry([wrapped])
      .definitions()
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ToolDefinitionError)
    expect(String(error)).toContain(message)
  })
})

describe('a source has a limit of time', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const slow: ToolSource<unknown> = { tools: () => new Promise((resolve) => setTimeout(() => resolve([read]), 2_000)) }

  test.each<[string, ToolSource<unknown>, number | undefined, unknown]>([
    ['that is kept', slow, undefined, ['read']],
    [
      'of its own',
      slow,
      1_000,
      'The source of tools at place 2 of the list gave none within 1000 ms. Is its server up?',
    ],
    [
      'that a wrapper has too',
      prefixed({ tools: () => new Promise(() => {}) }, 'fs'),
      undefined,
      'The source of tools at place 2 of the list gave none within 30000 ms. Is its server up?',
    ],
    ['and fails with its own error', { tools: () => Promise.reject(new Error('no server')) }, undefined, 'no server'],
  ])('%s', async (_, late, timeout, expected) => {
    const set = toolSet([combined(), late], { timeout }).then(
      ({ tools }) => tools.map(({ name }) => name),
      (error: Error) => error.message,
    )
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await set).toEqual(expected)
  })
})
