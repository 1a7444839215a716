import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { openaiServer } from './openai-server.ts'

const programs = ['create', 'stream', 'tools', 'parse', 'stored', 'errors'] as const

/** Runs a program with its import of `openai` as it stands, or changed to our door. */
async function play(name: string, door: 'openai' | '@pawl/client/openai') {
  vi.resetModules()
  if (door === 'openai') vi.doUnmock('openai')
  else vi.doMock('openai', () => import('@pawl/client/openai'))
  const { default: program } = await import(`./openai-programs/${name}.ts`)
  await using server = await openaiServer()
  const result = await program(server.url)
  const requests = server.requests.map(({ method, path, body, headers }) => {
    const { authorization, 'content-type': type, 'openai-organization': organization, 'x-program': own } = headers
    return { method, path: sameEncoding(path), body, headers: { authorization, type, organization, own } }
  })
  return { result, requests }
}

/** Order of a query and needless percent signs aside. */
function sameEncoding(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://server')
  searchParams.sort()
  return `${pathname.split('/').map(decodeURIComponent).join('|')}?${searchParams}`
}

test.each(programs)('%s comes to the same results by the same requests', async (name) => {
  const official = await play(name, 'openai')
  const ours = await play(name, '@pawl/client/openai')
  expect(ours).toEqual(official)
  expect(ours.requests.length).toBeGreaterThan(2)
})

test('the programs compile with either import', () => {
  const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')))
  const config = fileURLToPath(new URL('openai-programs/tsconfig.json', import.meta.url))
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' })
  expect(stdout).toBe('')
})
