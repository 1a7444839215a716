/** The pages that are made from the code say what the code says. `npx vitest run docs -u` makes them anew. */

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { house } from '../../scripts/house.ts'
import { apiPage } from './api.ts'
import { errorsPage } from './errors.ts'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

test('errors.md has a heading for each code in the sources, with cause and cure', async () => {
  await expect(errorsPage(packages)).toMatchFileSnapshot('../errors.md')
})

test('api.md has each exported name with its declaration and doc comment', async () => {
  await expect(apiPage(packages, Object.keys(house))).toMatchFileSnapshot('../api.md')
})
