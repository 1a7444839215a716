/** The refund: an effect that must not happen twice, and needs a person's yes above what the desk may pay by itself. */

import { appendFileSync } from 'node:fs'
import { ToolError, tool } from 'pawl'
import { z } from 'zod'
import type { Shop } from '../shop/shop.ts'

/** euros */
const allowed = 20

/**
 * @param ledger the file that stands for the bank: a line of JSON for each payment
 * @param afterEffect called when the money is paid and the call is not yet on record
 */
export function refundOrder(shop: Shop, ledger: string, afterEffect: () => void) {
  const orderOf = (id: string) => {
    const order = shop.orders.find((known) => known.id === id)
    if (!order) throw new ToolError(`There is no order ${id}.`)
    return order
  }
  return tool({
    name: 'refund_order',
    description: 'Refund an order: pays its total back to the customer.',
    parameters: z.object({
      order_id: z.string().describe('order id, such as ORD-1042'),
      reason: z.string().describe('why'),
    }),
    effect: 'once',
    approval: ({ order_id, reason }) => {
      const { total } = orderOf(order_id)
      return (
        total > allowed && `pays ${total.toFixed(2)} euros back, more than ${allowed}; the customer says: ${reason}`
      )
    },
    execute: ({ order_id }) => {
      const { total } = orderOf(order_id)
      appendFileSync(ledger, `${JSON.stringify({ order_id, total })}\n`)
      afterEffect()
      return { refunded: order_id, total }
    },
  })
}
