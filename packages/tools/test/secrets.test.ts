/** Q19: what is known to be secret is told by no tool. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
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
