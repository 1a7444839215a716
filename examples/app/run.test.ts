import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startProgram } from './start-app.ts'

test('every app that is listed can be started by its name, with its words', async () => {
  const { stdout } = await startProgram('run.ts', [])
  const names = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
  expect(names).toEqual(['documents', 'support-desk', 'chat', 'analyst'])
  for (const name of names)
    expect(existsSync(fileURLToPath(new URL(`../${name}/README.md`, import.meta.url)))).toBe(true)
  expect((await startProgram('run.ts', ['analyst', '--help'])).stderr).toMatch(/^Usage: npm run example -- analyst/)
})

test('an unknown name is told with the names there are', async () => {
  expect(await startProgram('run.ts', ['toString'])).toMatchObject({
    code: 2,
    stderr: 'There is no example "toString"; there are documents, support-desk, chat, analyst.\n',
  })
})
