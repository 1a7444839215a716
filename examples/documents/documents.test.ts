import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp } from '../app/start-app.ts'
import { parseCsv } from '../shop/csv.ts'

const folder = mkdtempSync(join(tmpdir(), 'pawl-documents-'))
const few = join(folder, 'few')
beforeAll(() => {
  mkdirSync(few)
  copyFileSync(fileURLToPath(new URL('../data/documents/log-01.txt', import.meta.url)), join(few, 'a.txt'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('documents of three kinds become records; one that is refused is listed and stops no other', async () => {
  const out = join(folder, 'out')
  const { code, stdout, stderr } = await startApp('documents', ['--out', out])
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/invoice +12 +11 [\s\S]*email +10 +10 [\s\S]*log +10 +10 /)
  expect(stderr).toMatch(/Not read:\n {2}invoice-12\.pdf: .*invoice_number/)
  expect(stderr).toMatch(/tokens: [1-9]\d+ asked, [1-9]\d+ answered/)
  const invoices = parseCsv(readFileSync(join(out, 'invoices.csv'), 'utf8'))
  expect(invoices.find(({ document }) => document === 'invoice-11.pdf')).toEqual({
    ...{ document: 'invoice-11.pdf', vendor: 'Nordlicht Handels GmbH', invoice_number: 'INV-2026-0384' },
    ...{ invoice_date: '2026-08-02', due_date: '2026-09-01', currency: 'EUR', total: '187.54' },
  })
  expect(parseCsv(readFileSync(join(out, 'emails.csv'), 'utf8'))[9]).toMatchObject({ order_id: 'ORD-1054' })
  expect(parseCsv(readFileSync(join(out, 'logs.csv'), 'utf8'))[0]).toMatchObject({ entries: '6', errors: '2' })
})

test('a broken PDF and a document of no kind are told beside the rest', async () => {
  writeFileSync(join(few, 'b.pdf'), 'not a PDF')
  writeFileSync(join(few, 'c.txt'), 'Dear grandmother, the weather is fine.')
  const { code, stdout, stderr } = await startApp('documents', [few, '--out', join(folder, 'few-out')])
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/log +1 +1 /)
  expect(stderr).toMatch(/b\.pdf: .+\n {2}c\.txt: .+/)
})

test('a server that is not there ends it with code 5 and writes no file', async () => {
  const out = join(folder, 'none')
  const env = { PAWL_BASE_URL: 'http://127.0.0.1:9/v1' }
  const { code, stdout, stderr } = await startApp('documents', [few, '--out', out], { env })
  expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 5, stdout: '', written: false })
  expect(stderr).toMatch(/refused the connection/)
})

test('a folder that is not there is one clear line and code 2', async () => {
  const { code, stdout, stderr } = await startApp('documents', ['/no/such/folder'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe('The folder /no/such/folder cannot be read.\n')
})
