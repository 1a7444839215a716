/** The shop as a real SQLite database: built from the CSV files of the data, each time anew. */

import { DatabaseSync } from 'node:sqlite'
import { openShop } from '../shop/shop.ts'

/** The tables; the model is told them word for word. */
export const tables = `CREATE TABLE customers (id TEXT PRIMARY KEY, name TEXT, email TEXT, city TEXT);
CREATE TABLE products (sku TEXT PRIMARY KEY, name TEXT, category TEXT, price REAL, stock INTEGER);
CREATE TABLE orders (id TEXT PRIMARY KEY, customer_id TEXT REFERENCES customers, sku TEXT REFERENCES products,
  quantity INTEGER, total REAL, status TEXT, date TEXT);`

/** Makes the database. @param file must not be there yet */
export function buildDatabase(file: string): void {
  const database = new DatabaseSync(file)
  try {
    database.exec(`BEGIN; ${tables}`)
    // Orders refer to the other two, so they come last.
    const { customers, products, orders } = openShop()
    for (const [table, rows] of Object.entries({ customers, products, orders })) {
      for (const row of rows) {
        const columns = Object.keys(row)
        const values = columns.map((column) => `:${column}`)
        database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`).run({ ...row })
      }
    }
    database.exec('COMMIT')
  } finally {
    database.close()
  }
}
