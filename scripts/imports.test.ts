import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { house } from './house.ts'
import { circles, importsOf, violations } from './imports.ts'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const room = { ours: ['@pawl/client'], doors: { 'p-queue': 'queue.ts', 'node:http': 'transport/node.ts' } }

test('every package has its room in the house', () => {
  const names = readdirSync(packages).filter((name) => existsSync(join(packages, name, 'package.json')))
  expect(names.sort()).toEqual(Object.keys(house).sort())
})

describe.each(Object.entries(house))('%s', (name, room) => {
  const imports = importsOf(join(packages, name, 'src'))

  test('imports only what stands below it, through its doors', () => {
    expect(violations(room, imports)).toEqual([])
  })

  test('has no circle, types included', () => {
    expect(circles(imports)).toEqual([])
  })
})

test.each([
  ['a climb', 'a.ts', '@pawl/agent', 'climbs the stairs'],
  ['a reach past an index', 'a.ts', '@pawl/client/src/sse.ts', 'reaches past an index'],
  ['a reach out of the package', 'a.ts', '../../client/src/sse.ts', 'reaches out of its package'],
  ['a package outside the table', 'a.ts', 'lodash', 'is not in the import table'],
  ['a package beside its door', 'a.ts', 'p-queue', 'may enter only through queue.ts'],
  ['a built-in module without its prefix', 'a.ts', 'http', 'may enter only through transport/node.ts'],
])('%s is refused', (_, file, specifier, problem) => {
  expect(violations(room, [{ file, specifier }])).toEqual([`${file} imports ${specifier}: ${problem}`])
})

test('what the house allows passes', () => {
  const allowed = [
    { file: 'a.ts', specifier: '@pawl/client' },
    { file: 'queue.ts', specifier: 'p-queue' },
    { file: 'transport/node.ts', specifier: 'node:http' },
    { file: 'transport/node.ts', specifier: '../queue.ts' },
  ]
  expect(violations(room, allowed)).toEqual([])
})

test('a circle is found whole', () => {
  const imports = [
    { file: 'a.ts', specifier: './b/c.ts' },
    { file: 'b/c.ts', specifier: '../d.ts' },
    { file: 'd.ts', specifier: './a.ts' },
  ]
  expect(circles(imports)).toEqual(['a.ts -> b/c.ts -> d.ts -> a.ts'])
})
