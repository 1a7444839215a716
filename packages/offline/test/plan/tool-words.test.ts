import { expect, test } from 'vitest'
import { toolWords } from '../../src/plan/tool-words.ts'

test.each([
  ['get_order', 'One order by its id', true],
  ['list_orders', 'List the orders', true],
  ['order_status', 'Status of an order', true],
  ['product_stock', 'How many pieces of a product are in stock', true],
  ['vacation_days', 'Vacation days that an employee has left', true],
  ['distance', 'Distance between two places', true],
  ['convert_currency', 'Convert an amount', true],
  ['refund_order', 'Refund an order', false],
  ['send_email', 'Send an e-mail', false],
  ['order_pizza', 'Order a pizza', false],
  ['approve_invoice', 'Approve an invoice', false],
  ['deleteUser', '', false],
  ['set_timer', 'Start a kitchen timer', false],
  ['invoice_reminder', 'Send a reminder for an invoice', false],
])('%s ("%s") only reads: %s', (name, description, reads) => {
  expect(toolWords({ name, description, parameters: { type: 'object' } }).reads).toBe(reads)
})
