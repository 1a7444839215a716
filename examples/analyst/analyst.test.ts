import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callsTool, faultServer, says } from '@pawl/testing'
import { toolRegistry } from 'pawl'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp } from '../app/start-app.ts'
import { openShop } from '../shop/shop.ts'
import { barChart } from './bar-chart.ts'
import { buildDatabase } from './database.ts'
import { queryTool } from './query-tool.ts'

const folder = mkdtempSync(join(tmpdir(), 'pawl-analyst-test-'))
const file = join(folder, 'shop.db')
beforeAll(() => buildDatabase(file))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('three questions are answered from the database, each with a chart', async () => {
  const out = join(folder, 'charts')
  const { code, stdout, stderr } = await startApp('analyst', ['--out', out])
  expect(code, stderr).toBe(0)
  const { orders, products } = openShop()
  const furniture = new Set(products.filter(({ category }) => category === 'furniture').map(({ sku }) => sku))
  const kept = orders.filter(({ sku, status }) => furniture.has(sku) && status !== 'returned')
  const turnover = kept.reduce((sum, { total }) => sum + total, 0)
  expect(stdout.split('\n')[0]).toContain(`furniture (${turnover.toFixed(2)} EUR) brings in the most`)
  expect(stdout.trim().split('\n')).toHaveLength(3)
  expect(stderr).toContain('the offline rules cannot write SQL')
  expect(stderr).toContain('SELECT p.category')
  expect(readFileSync(join(out, 'turnover-by-category.svg'), 'utf8')).toMatch(/^<svg [\s\S]*furniture[\s\S]*<\/svg>\n$/)
})

test('another question is told what the script knows; a wrong option is code 2', async () => {
  const [other, wrong] = await Promise.all([
    startApp('analyst', ['Why is the sky blue?', '--out', folder]),
    startApp('analyst', ['--nonsense']),
  ])
  expect(other.stdout).toMatch(/^Offline I know only these:\n- Which product categories/)
  expect([wrong.code, wrong.stdout]).toEqual([2, ''])
})

test('a model that is set up writes its own SQL, and mends it when the database complains', async () => {
  const script = [
    callsTool('query', { sql: 'SELECT town FROM customers' }),
    callsTool('query', { sql: "SELECT count(*) AS customers FROM customers WHERE city = 'Leeds'" }),
    says('Some live in Leeds.'),
  ]
  await using server = await faultServer({ script })
  const words = ['How many customers live in Leeds?', '--out', folder]
  const { code, stdout, stderr } = await startApp('analyst', words, { env: { PAWL_BASE_URL: server.url } })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Some live in Leeds.\n' })
  expect(stderr).toContain('told: The database says: no such column: town')
  expect(stderr).toContain(`default at ${server.url}`)
  const leeds = openShop().customers.filter(({ city }) => city === 'Leeds').length
  expect(JSON.stringify(server.requests[2]?.body)).toContain(`[[${leeds}]]`)
})

describe.concurrent('the query tool', () => {
  test('gives so many rows and says that there are more', async () => {
    expect(await ask("SELECT id, ';' AS semicolon FROM customers ORDER BY id; -- done", { rows: 2 })).toEqual({
      isError: false,
      content: '{"columns":["id","semicolon"],"rows":[["C-001",";"],["C-002",";"]],"more":true}',
    })
  })

  test.each([
    ['DELETE FROM orders', 'Only SELECT is allowed: the database is read-only.'],
    ['SELECT 1; DELETE FROM orders', 'One statement at a time: send the second one in a call of its own.'],
    ['WITH x AS (SELECT 1) DELETE FROM orders', 'The database says: attempt to write a readonly database'],
    ['SELECT price FROM orders', 'The database says: no such column: price'],
    ['SELECT 1 AS a, 2 AS a', 'The database says: give each column its own name: a, a'],
  ])('%s is told: %s', async (sql, content) => {
    expect(await ask(sql)).toEqual({ isError: true, content })
  })

  test('a query without an end is killed and told', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
    const { isError, content } = await ask(endless, { timeout: 1_000 })
    expect(isError).toBe(true)
    expect(content).toMatch(/1 s|1,?000/)
  })
})

test('a chart escapes its texts and draws to both sides of zero', () => {
  const svg = barChart('A <b> & "c"', [
    { label: 'up', value: 30 },
    { label: 'down', value: -10 },
  ])
  expect(svg).toContain('A &lt;b&gt; &amp; &quot;c&quot;')
  expect(svg.match(/<rect x="[\d.]+" y="\d+" width="[\d.]+"/g)).toEqual([
    '<rect x="300" y="56" width="330"',
    '<rect x="190" y="84" width="110"',
  ])
})

async function ask(sql: string, options = {}) {
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'query', arguments: JSON.stringify({ sql }) },
  } as const
  const { message, isError } = await toolRegistry([queryTool(file, options)]).execute(call)
  return { isError, content: message.content }
}
