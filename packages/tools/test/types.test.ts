import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Tool, type ToolContext, tool, toolRegistry } from '../src/index.ts'
import { call } from './calls.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

interface Db {
  db: string
}
interface User {
  user: string
}

const plain = tool({
  name: 'plain',
  description: 'd',
  parameters: z.object({ city: z.string(), day: z.string().optional() }),
  execute: ({ city, day }) => {
    holds<Equal<typeof city, string>>()
    holds<Equal<typeof day, string | undefined>>()
    return city
  },
})
const sql = tool({
  name: 'sql',
  description: 'd',
  parameters: z.object({}),
  execute: (_, { context }: ToolContext<Db>) => context.db,
})
const me = tool({
  name: 'me',
  description: 'd',
  parameters: z.object({}),
  execute: (_, { context }: ToolContext<User>) => context.user,
  approval: (_, { context }) => context.user === 'nobody',
})
holds<Equal<typeof plain, Tool<unknown>>>()
holds<Equal<typeof sql, Tool<Db>>>()

test('a registry asks for what its tools want, and for nothing where they want nothing', async () => {
  const registry = toolRegistry([plain, sql, me])
  const context = { db: 'd', user: 'u' }
  const results = await registry.executeAll([call('sql'), call('me')], { context })
  expect(results.map(({ value }) => value)).toEqual(['d', 'u'])
  expect((await toolRegistry([plain]).execute(call('plain', { city: 'Oslo' }))).value).toBe('Oslo')
  // @ts-expect-error the user is missing
  registry.executeAll([], { context: { db: 'd' } })
  // @ts-expect-error the context is missing
  registry.executeAll([])
})
