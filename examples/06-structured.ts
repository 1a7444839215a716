/** A typed value out of a text: the schema is the type. */

import { extract } from 'pawl'
import { z } from 'zod'
import { chooseModel } from './app/choose-model.ts'
import { readDocument } from './shop/shop.ts'

const Invoice = z.object({
  invoice_number: z.string(),
  invoice_date: z.iso.date().transform((text) => new Date(text)),
  total: z.number().describe('total to pay'),
})

const { model, close } = await chooseModel()
const { value, attempts } = await extract(model, { schema: Invoice, prompt: readDocument('invoice-01.txt') })

console.log(
  `${value.invoice_number}: ${value.total.toFixed(2)} from ${value.invoice_date.getUTCFullYear()}, attempts: ${attempts}`,
)

await close()
