/** What the pages point to is there. */

import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const docs = dirname(fileURLToPath(import.meta.url))
const root = dirname(docs)
const pages = [
  'README.md',
  ...globSync('**/*.md', { cwd: docs, exclude: ['node_modules'] }).map((page) => join('docs', page)),
]
const read = (page: string) => readFileSync(join(root, page), 'utf8')

test('every promise names a test, and each of these tests exists', () => {
  const rows = read('docs/promises.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| promise'))
  const named = rows.map((row) => [...row.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = '']) => file))

  expect(named.filter((files) => files.length === 0)).toEqual([])
  expect(named.flat().filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test('every link between the pages leads to a page and a heading that are there', () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !leads(page, link))
      .map((link) => `${page}: ${link}`),
  )
  expect(broken).toEqual([])
})

function leads(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#')
  const target = path === '' ? page : relative(root, join(root, dirname(page), path))
  if (!existsSync(join(root, target))) return false
  return heading === undefined || headings(read(target)).includes(heading)
}

/** As the repository page makes anchors of them. */
function headings(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
