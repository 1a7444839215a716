/** Q19: what is known to be secret is told by no tool. */

import type { Schema } from '@pawl/schema'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ToolError, tool, toolRegistry } from '../src/index.ts'
import { call } from './calls.ts'

const lengths = { minLength: 8, maxLength: 40 }
const secrets = fc
  .oneof(fc.string(lengths), fc.string({ unit: 'binary', ...lengths }))
  .filter((secret) => !secret.includes('*'))
const forms = fc.constantFrom<(secret: string) => string>(
  (secret) => secret,
  (secret) => JSON.stringify({ key: secret }),
  (secret) => JSON.stringify([JSON.stringify(secret)]),
  (secret) => encodeURIComponent(secret.toWellFormed()),
  (secret) => String(new URLSearchParams({ key: secret.toWellFormed() })),
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(`:${secret}`).toString('base64url'),
  (secret) => Buffer.from(`me:${secret}@`).toString('base64'),
)
const ways = fc.constantFrom<(text: string) => unknown>(
  (text) => text,
  (text) => ({ deep: [text], [text]: 1 }),
  (text) => [{ type: 'text', text }],
  (text) => new Map([[text, new Set([text])]]),
  (text) => new Error(text),
  (text) => Promise.reject(new Error(text)),
  (text) => Promise.reject(new ToolError(text)),
  (text) => Object.assign(new Error(), { name: text }),
)

test('a known secret survives in no message and no value, whatever form it has and however it is told', async () => {
  await fc.assert(
    fc.asyncProperty(secrets, forms, ways, fc.string(), async (secret, form, way, around) => {
      const told = form(secret)
      const execute = () => way(`${around}${told} ${around}`)
      const acting = tool({ name: 'act', description: 'd', parameters: z.object({}), execute })
      const { message, value } = await toolRegistry([acting], { secrets: ['another secret', secret] }).execute(
        call('act'),
      )
      const all = JSON.stringify([message, value ?? null])
      for (const hidden of [told, secret]) expect(all).not.toContain(JSON.stringify(hidden.toWellFormed()).slice(1, -1))
    }),
  )
})

test('a secret is taken out before the text is cut, and what is around it stays', async () => {
  const execute = () => `${'x'.repeat(60)}k3y-of-the-realm${'y'.repeat(60)}`
  const acting = tool({ name: 'act', description: 'd', parameters: z.object({}), execute })
  const registry = toolRegistry([acting], { secrets: ['k3y-of-the-realm', 'short'], cap: 100 })
  const { message, value } = await registry.execute(call('act'))
  expect(value).toBe(`${'x'.repeat(60)}***${'y'.repeat(60)}`)
  expect(message.content).not.toMatch(/k3y|realm/)
})

describe('a number or a date whose text is a secret is told as text without it', () => {
  test.each<[secret: string, given: unknown, value: unknown]>([
    ['12345678', 12345678, '***'],
    ['12345678', { account: 12345678, other: 1234567 }, { account: '***', other: 1234567 }],
    ['12345678', [-12345678, 1.5], ['-***', 1.5]],
    ['12345678', new Map([[12345678, 12345678n]]), [['***', '***']]],
    ['2.50125125', Promise.resolve({ rate: 2.50125125 }), { rate: '***' }],
    ['1.5e+300', [1.5e300], ['***']],
    ['1985-10-26', [new Date('1985-10-26T01:21:00Z')], ['***T01:21:00.000Z']],
    ['12345678', { never: Number.NaN, toJSON: () => 12345678 }, '***'],
    ['12345678', Object.assign(new Error('no'), { name: 'E12345678' }), { error: 'E***', message: 'no' }],
  ])('%s in %o', async (secret, given, value) => {
    const acting = tool({ name: 'act', description: 'd', parameters: z.object({}), execute: () => given })
    const result = await toolRegistry([acting], { secrets: [secret] }).execute(call('act'))
    expect(result.value).toEqual(value)
    expect(JSON.stringify(result)).not.toContain(secret)
  })
})

describe('a known secret stands in no message that says why a call was not run', () => {
  const strict = z.strictObject({ city: z.string(), days: z.number().optional(), day: z.date().optional() })
  const says = z.object({
    city: z.string().refine((city) => city === 'Oslo', { error: ({ input }) => `not ${input}` }),
  })
  const plain = { type: 'object', properties: { days: { type: 'number' } }, required: ['days'] } as const
  const far = 'far '.repeat(9)
  const key = `sk-${'0123456789abcdef'.repeat(8)}`
  test.each<[what: string, parameters: Schema, args: unknown]>([
    ['its value, echoed by a refinement', says, { city: key }],
    ['its value, echoed by the check of a JSON Schema, which cuts it', plain, { days: key }],
    ['in the middle of such a value', plain, { days: `${far}${key}` }],
    ['its value, echoed for a date, which cuts it', strict, { city: 'Oslo', day: key }],
    ['in the middle of such a one', strict, { city: 'Oslo', day: `${far}${far}${key}` }],
    ['a key that is not known', strict, { city: 'Oslo', [key]: 1 }],
  ])('%s', async (_, parameters, args) => {
    const acting = tool({ name: 'act', description: 'd', parameters, execute: () => 'ran' })
    const { message, isError } = await toolRegistry([acting], { secrets: [key] }).execute(call('act', args))
    expect(isError).toBe(true)
    expect(message.content).not.toContain(key.slice(0, 8))
  })

  test('a number', async () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } } as const
    const acting = tool({ name: 'act', description: 'd', parameters, execute: () => 'ran' })
    const { message } = await toolRegistry([acting], { secrets: ['12345678'] }).execute(call('act', { city: 12345678 }))
    expect(message.content).toContain('received number ***')
  })

  test('the name of a tool that there is not', async () => {
    const name = `${'x'.repeat(50)}${key}`
    const { message } = await toolRegistry([], { secrets: [key] }).execute(call(name))
    expect(message.content).toMatch(/"x{50}\*\*\*"/)
  })
})
