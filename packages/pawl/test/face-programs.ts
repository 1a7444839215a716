/** The programs of the public face: right ones compile, and each wrong one is an error. Checked by the compiler, never run. */

import OpenAI from '@pawl/client/openai'
import {
  type Agent,
  agent,
  agentAsTool,
  answer,
  approve,
  chat,
  extract,
  fork,
  type Model,
  type ModelRequest,
  resume,
  run,
  sqliteStore,
  type Tool,
  type ToolContext,
  tool,
} from 'pawl'
import { z } from 'zod'
import * as zm from 'zod/mini'
import * as z3 from 'zod/v3'

type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function ok<_ extends true>(): void
declare function lookUp(city: string, signal: AbortSignal, day?: string): Promise<{ t: number }>
// @ts-expect-error a wider type is not the same
ok<Eq<string, string | undefined>>()
// @ts-expect-error nor is any
ok<Eq<string, any>>()

const model = chat('gpt-5-mini')
// tool, no context
const weather = tool({
  name: 'weather',
  description: 'd',
  parameters: z.object({ city: z.string(), day: z.iso.date().optional() }),
  effect: 'pure',
  execute: async ({ city, day }, { signal, callId, progress }) => {
    ok<Eq<typeof callId, string>>()
    progress({ asked: city })
    ok<Eq<typeof city, string>>()
    ok<Eq<typeof day, string | undefined>>()
    return lookUp(city, signal, day)
  },
})
ok<Eq<typeof weather, Tool<unknown>>>()
const mini = tool({
  name: 'm',
  description: 'd',
  parameters: zm.object({ n: zm.number() }),
  execute: ({ n }) => {
    ok<Eq<typeof n, number>>()
    return n
  },
})
const old = tool({
  name: 'o',
  description: 'd',
  parameters: z3.object({ n: z3.number() }),
  execute: ({ n }) => {
    ok<Eq<typeof n, number>>()
    return n
  },
})
const raw = tool({
  name: 'r',
  description: 'd',
  parameters: { type: 'object', properties: { a: { type: 'string' } } },
  execute: (x) => {
    ok<Eq<typeof x, unknown>>()
    return 1
  },
})
// typed context by annotation of the second parameter only
interface Db {
  db: { q(s: string): string }
}
interface User {
  user: { id: string }
}
const sql = tool({
  name: 'sql',
  description: 'd',
  parameters: z.object({ q: z.string() }),
  execute: async ({ q }, { context }: ToolContext<Db>) => {
    ok<Eq<typeof q, string>>()
    return context.db.q(q)
  },
})
ok<Eq<typeof sql, Tool<Db>>>()
const me = tool({
  name: 'me',
  description: 'd',
  parameters: z.object({}),
  execute: (_, { context }: ToolContext<User>) => context.user.id,
  approval: (_a, { context }) => context.user.id === 'x',
})
const both = agent({ name: 'both', model, tools: [weather, sql, me] })
const plain = agent({ model, tools: [weather, mini, old, raw] })
ok<Eq<typeof plain, Agent<string, unknown>>>()
type CtxOf<A> = A extends Agent<any, infer C> ? C : never
type Both = CtxOf<typeof both>
export const needDb: (b: Both) => [Db, User] = (b) => [b, b]
export async function main() {
  const { output, text, status } = await run(plain, 'hi')
  ok<Eq<typeof text, string>>()
  if (status === 'done') ok<Eq<typeof output, string>>()
  await run(both, 'x', { context: { db: { q: (s) => s }, user: { id: '1' } } })
  // @ts-expect-error context missing
  await run(both, 'x')
  // @ts-expect-error context incomplete
  await run(both, 'x', { context: { db: { q: (s: string) => s } } })
  const Invoice = z.object({
    total: z.number(),
    at: z.string().transform((s) => new Date(s)),
    lines: z.array(z.object({ n: z.string() })),
  })
  const typed = agent({ name: 't', model, output: Invoice })
  const r = await run(typed, 'x')
  if (r.status === 'done') {
    ok<Eq<typeof r.output, z.output<typeof Invoice>>>()
    r.output.at.getTime()
  }
  const store = sqliteStore('runs.db')
  const waiting = await run(typed, 'Refund', { store })
  const again = await resume(typed, waiting.runId, { store, decisions: waiting.pending.map(approve) })
  if (again.status === 'done') again.output.total.toFixed()
  // @ts-expect-error noUncheckedIndexedAccess: the line that the face shows does not compile
  await resume(typed, waiting.runId, { store, decisions: [approve(waiting.pending[0])] })
  // @ts-expect-error resume must ask for the context again
  await resume(both, 'id', { store })
  await resume(both, 'id', { store, context: { db: { q: (s: string) => s }, user: { id: '1' } } })
  const { value } = await extract(model, { schema: Invoice, prompt: 'x' })
  ok<Eq<typeof value, z.output<typeof Invoice>>>()
  for await (const partial of extract(model, { schema: Invoice, messages: [{ role: 'user', content: 'x' }] })) {
    ok<Eq<typeof partial.at, string | undefined>>()
    partial.lines?.[0]?.n?.length
  }
  for await (const el of extract(model, { schema: z.array(z.object({ a: z.number() })), prompt: 'x', elements: true }))
    el.a.toFixed()
  // @ts-expect-error both prompt and messages
  extract(model, { schema: Invoice, prompt: 'x', messages: [] })
  for await (const e of run(plain, 'x')) {
    switch (e.type) {
      case 'text.delta':
        e.delta
        break
      case 'tool.done':
        e.ms
    }
  }
  run(plain, 'x')
    .on('tool.done', (e) => e.ms.toFixed())
    .on('text.delta', (e) => e.delta)
  // official program
  const client = new OpenAI({ apiKey: 'x' })
  const c = await client.chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content: 'x' }],
    temperature: undefined,
  })
  c.choices[0]?.message.content
  const s = await client.chat.completions.create({
    model: 'm',
    stream: true,
    messages: [{ role: 'user', content: 'x' }],
  })
  for await (const ch of s) ch.choices[0]?.delta
  const either = { model: 'm', messages: [{ role: 'user' as const, content: 'x' }], stream: Math.random() > 0.5 }
  await client.chat.completions.create(either)
  const sub = agentAsTool(both, { name: 's', description: 'd' })
  const boss = agent({ name: 'boss', model, tools: [sub] })
  // @ts-expect-error the context of the child is asked for by the parent
  await run(boss, 'x')
  await fork(store, waiting.runId, { at: 3 })
}
// circular handoffs
const triage: Agent<string> = agent({ name: 'triage', model, tools: [weather], handoffs: () => [billing] })
const billing = agent({ name: 'billing', model, handoffs: () => [triage] })
// a list typed as any-agent
export const all: Agent<unknown>[] = [plain, both]
// handles returned from async functions lose the handle
async function start() {
  return run(plain, 'x')
}
type Start = Awaited<ReturnType<typeof start>>
type Lost = Start extends { status: string } ? true : false
ok<Eq<Lost, true>>()

// approval written before execute
// field order matters to TypeScript: an un-annotated callback before the annotated one fixes the context to unknown
tool({
  name: 'a',
  description: 'd',
  parameters: z.object({ id: z.string() }),
  // @ts-expect-error the context is unknown here
  approval: ({ id }, { context }) => context.user.id === id,
  // @ts-expect-error and so it cannot be a user there
  execute: ({ id }, { context }: ToolContext<User>) => context.user.id + id,
})
tool({
  name: 'a',
  description: 'd',
  parameters: z.object({ id: z.string() }),
  approval: ({ id }, { context }: ToolContext<User>) => context.user.id === id,
  execute: ({ id }, { context }: ToolContext<User>) => context.user.id + id,
})
export const dyn = agent({ model, tools: [sql], instructions: ({ context }) => context.db.q('x') })
const toolList: Tool[] = [sql, me]
const loose = agent({ model, tools: toolList })
run(loose, 'x')
run(agent({ model }), 'x')
export const none: Agent<string, unknown> = agent({ model })

// @ts-expect-error messages are required: Omit<> kept the named keys
export const bad: ModelRequest = {}
export const cached = (inner: Model): Model => ({ ...inner, complete: (r, o) => inner.complete(r, o) })
run(both, 'x', {
  context: { db: { q: (s) => s }, user: { id: '1' } },
  onPending: (p) => (p.type === 'approval' ? approve(p) : answer(p, 'done by hand')),
})
// @ts-expect-error a typo in a body does not compile
new OpenAI().chat.completions.create({ model: 'm', messages: [], temprature: 1 })
