/** Typed values out of documents: an invoice, an e-mail thread, a log. */

import { extract, type Model } from 'pawl'
import { z } from 'zod'
import { answer, note, table } from '../app/page.ts'
import { readDocument } from '../shop/shop.ts'

const Invoice = z.object({
  vendor: z.string().describe('company that sends the invoice'),
  invoice_number: z.string(),
  invoice_date: z.iso.date(),
  total: z.number().describe('total to pay'),
  lines: z.array(z.object({ description: z.string(), qty: z.number(), unit_price: z.number(), amount: z.number() })),
})

const Complaint = z.object({
  from: z.string().describe('name of the customer'),
  email: z.email(),
  date: z.string().describe('date of the first e-mail'),
  order_id: z.string().describe('order id, such as ORD-1001'),
  phone: z.string().optional(),
})

const Log = z.object({
  service: z.string(),
  host: z.string(),
  version: z.string(),
})

const documents = [
  { name: 'invoice-01.txt', type: 'Invoice', schema: Invoice },
  { name: 'email-01.txt', type: 'Complaint', schema: Complaint },
  { name: 'log-01.txt', type: 'Log', schema: Log },
] as const

/** Reads each document into the type beside it and prints every field with that type. */
export async function extractDocuments(model: Model): Promise<void> {
  for (const { name, type, schema } of documents) {
    note(`\n  ${name} → ${type}`)
    const { value } = await extract<z.ZodType<object>>(model, { schema, prompt: readDocument(name) })
    const rows = Object.entries(value).map(([field, held]) => [field, typeOf(held), shown(held)])
    answer(`${table(['field', 'type', 'value'], rows)}\n`)
  }
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? `${typeOf(value[0])}[]` : typeof value
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
