import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { house } from './house.ts'
import { exportedNames, publicFace } from './public-face.ts'

test('the public face is the one that docs/public-face.md lists', async () => {
  const packages = fileURLToPath(new URL('../packages', import.meta.url))
  await expect(publicFace(packages, Object.keys(house))).toMatchFileSnapshot('../docs/public-face.md')
})

test('names are read from lists, declarations and defaults', () => {
  const text = `
    export { a, type B, c as d } from './x.ts'
    export type { E } from './y.ts'
    export class F {}
    export interface G {}
    export default F`
  expect(exportedNames(text)).toEqual(['B (type)', 'E (type)', 'F', 'G (type)', 'a', 'd', 'default'])
})
