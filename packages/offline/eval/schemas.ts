// The schemas of the extraction prompts, as strict mode writes them.
import type { JsonObject } from '../src/wire/json-object.ts'

/** A strict object: closed, every property required. */
export function strictObject(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

const text = { type: 'string' }
const number = { type: 'number' }
const date = { type: 'string', format: 'date' }

/** An invoice with its lines. */
export const invoice = strictObject({
  vendor: { type: 'string', description: 'Who sends the invoice' },
  invoice_number: text,
  date,
  line_items: {
    type: 'array',
    items: strictObject({ description: text, quantity: { type: 'integer' }, unit_price: number }),
  },
  total: number,
})

/** A complaint by mail. */
export const complaint = strictObject({
  customer: { type: 'string', description: 'Full name of the customer' },
  order_id: text,
  issue: { type: 'string', description: 'What went wrong, in the words of the customer' },
  wanted: { type: 'string', enum: ['refund', 'replacement', 'repair', 'information'] },
})

/** A log. */
export const log = strictObject({
  entries: {
    type: 'array',
    items: strictObject({
      time: text,
      level: { type: 'string', enum: ['DEBUG', 'INFO', 'WARN', 'ERROR'] },
      message: text,
    }),
  },
})

/** A business card. */
export const contact = strictObject({
  name: text,
  company: { type: ['string', 'null'] },
  email: { type: 'string', format: 'email' },
  phone: { type: ['string', 'null'] },
})

/** A reservation. */
export const booking = strictObject({
  guest: { type: 'string', description: 'Name of the guest' },
  date,
  time: { type: 'string', description: 'HH:MM' },
  people: { type: 'integer' },
})
