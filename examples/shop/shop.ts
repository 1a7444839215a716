/** The shop of the examples: customers, orders and products, read from `examples/data`. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseCsv } from './csv.ts'

export interface Customer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly city: string
}

/** Money is in euros. */
export interface Order {
  readonly id: string
  readonly customer_id: string
  readonly sku: string
  readonly quantity: number
  readonly total: number
  readonly status: string
  readonly date: string
}

export interface Product {
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly price: number
  readonly stock: number
}

export interface Shop {
  readonly customers: readonly Customer[]
  readonly orders: readonly Order[]
  readonly products: readonly Product[]
}

/** @throws where a file of the data is missing, naming it */
export function openShop(folder: URL = new URL('../data/', import.meta.url)): Shop {
  const rows = (name: string) => parseCsv(readData(new URL(name, folder)))
  return {
    customers: rows('customers.csv').map(({ id = '', name = '', email = '', city = '' }) => ({
      id,
      name,
      email,
      city,
    })),
    orders: rows('orders.csv').map(
      ({ id = '', customer_id = '', sku = '', quantity, total, status = '', date = '' }) => ({
        ...{ id, customer_id, sku, status, date },
        quantity: Number(quantity),
        total: Number(total),
      }),
    ),
    products: rows('products.csv').map(({ sku = '', name = '', category = '', price, stock }) => ({
      ...{ sku, name, category },
      price: Number(price),
      stock: Number(stock),
    })),
  }
}

/** A document of the data as text, such as `invoice-01.txt`. */
export function readDocument(name: string): string {
  return readData(new URL(`../data/documents/${name}`, import.meta.url))
}

function readData(file: URL): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`The data file ${fileURLToPath(file)} cannot be read; it belongs to the checkout.`, { cause })
  }
}
