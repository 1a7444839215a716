/** The kinds of documents: how each is known by a look, what is read from it, and its row in the CSV file. */

import { extract, type Model } from 'pawl'
import { z } from 'zod'

/** One kind of document. `row` gives the cells under `head`. */
export interface Kind<T = any> {
  readonly name: string
  readonly looks: RegExp
  readonly schema: z.ZodType<T>
  readonly head: readonly string[]
  readonly row: (record: T) => readonly (string | number)[]
}

const invoice = kind({
  name: 'invoice',
  looks: /^\s*invoice\s*$/im,
  schema: z.object({
    vendor: z.string().describe('company that sends the invoice'),
    invoice_number: z.string(),
    invoice_date: z.iso.date(),
    due_date: z.iso.date(),
    currency: z.enum(['EUR', 'GBP', 'DKK']),
    total: z.number().describe('total to pay'),
  }),
  head: ['vendor', 'invoice_number', 'invoice_date', 'due_date', 'currency', 'total'],
  row: (record) => [
    ...[record.vendor, record.invoice_number, record.invoice_date, record.due_date, record.currency],
    record.total.toFixed(2),
  ],
})

const email = kind({
  name: 'email',
  looks: /^From: .+\n(?:.+\n)*Subject: /m,
  schema: z.object({
    from: z.string().describe('name of the customer'),
    email: z.email(),
    date: z.string().describe('date of the first e-mail'),
    order_id: z.string().describe('order id, such as ORD-1001'),
    phone: z.string().optional(),
  }),
  head: ['from', 'email', 'date', 'order_id', 'phone'],
  row: (record) => [record.from, record.email, record.date, record.order_id, record.phone ?? ''],
})

const log = kind({
  name: 'log',
  looks: /^service: \S+\nhost: /m,
  schema: z.object({
    service: z.string(),
    host: z.string(),
    version: z.string(),
    entries: z.array(z.object({ time: z.string(), level: z.enum(['INFO', 'WARN', 'ERROR']), message: z.string() })),
  }),
  head: ['service', 'host', 'version', 'entries', 'errors', 'first_error'],
  row: ({ service, host, version, entries }) => {
    const errors = entries.filter((entry) => entry.level === 'ERROR')
    return [service, host, version, entries.length, errors.length, errors[0]?.message ?? '']
  },
})

/** In the order in which they are looked for. */
export const kinds: readonly Kind[] = [invoice, email, log]

/** The kind by a look at the text; the model is asked only where no look tells. @throws where it is none of them */
export async function findKind(model: Model, text: string): Promise<Kind> {
  const seen = kinds.find(({ looks }) => looks.test(text)) ?? (await askKind(model, text))
  if (!seen) throw new Error(`is none of ${kinds.map(({ name }) => name).join(', ')}`)
  return seen
}

async function askKind(model: Model, text: string): Promise<Kind | undefined> {
  const schema = z.object({ kind: z.enum([...kinds.map(({ name }) => name), 'other']).describe('kind of document') })
  const { value } = await extract(model, { schema, prompt: text.slice(0, 2_000) })
  return kinds.find(({ name }) => name === value.kind)
}

/** Lets each kind's row know its record's type. */
function kind<T>(made: Kind<T>): Kind<T> {
  return made
}
