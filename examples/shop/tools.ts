/** What an agent may look up in the shop. All of them only read. */

import { ToolError, tool } from 'pawl'
import { z } from 'zod'
import type { Shop } from './shop.ts'

export function lookUps(shop: Shop) {
  const findCustomer = tool({
    name: 'find_customer',
    description: 'Find a customer by name. Returns the customer id, e-mail and city.',
    parameters: z.object({ name: z.string().describe('full name of the customer') }),
    effect: 'pure',
    execute: ({ name }) => {
      const customer = shop.customers.find((known) => known.name.toLowerCase() === name.toLowerCase())
      return customer ?? told(`No customer is called "${name}".`)
    },
  })

  const listOrders = tool({
    name: 'list_orders',
    description:
      'List the orders that a customer has placed, with sku, quantity, total cost in euros, status and date.',
    parameters: z.object({ customer_id: z.string().describe('customer id, such as C-001') }),
    effect: 'pure',
    execute: ({ customer_id }) => shop.orders.filter((order) => order.customer_id === customer_id),
  })

  const getOrder = tool({
    name: 'get_order',
    description: 'Look up one order by its order id.',
    parameters: z.object({ order_id: z.string().describe('order id, such as ORD-1042') }),
    effect: 'pure',
    execute: ({ order_id }) =>
      shop.orders.find((order) => order.id === order_id) ?? told(`There is no order ${order_id}.`),
  })

  const getProduct = tool({
    name: 'get_product',
    description: 'Look up a product by its sku: name, category, price in euros and stock.',
    parameters: z.object({ sku: z.string().describe('product sku, such as P-104') }),
    effect: 'pure',
    execute: ({ sku }) => shop.products.find((product) => product.sku === sku) ?? told(`There is no product ${sku}.`),
  })

  return [findCustomer, listOrders, getOrder, getProduct] as const
}

function told(message: string): never {
  throw new ToolError(message)
}
