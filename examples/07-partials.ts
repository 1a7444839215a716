/** The value while it streams: one object that grows, then its elements as each is complete. */

import { says, scriptedModel } from '@pawl/testing'
import { extract } from 'pawl'
import { z } from 'zod'

const Line = z.object({ item: z.string(), price: z.number() })
const order = {
  lines: [
    { item: 'Copper kettle', price: 64.9 },
    { item: 'Oak board', price: 29.9 },
  ],
}

const whole = scriptedModel([says(JSON.stringify(order))])
for await (const partial of extract(whole, { schema: z.object({ lines: z.array(Line) }), prompt: 'the order' })) {
  process.stderr.write(`${JSON.stringify(partial)}\n`)
}

const list = scriptedModel([says(JSON.stringify({ value: order.lines }))])
for await (const line of extract(list, { schema: z.array(Line), prompt: 'the lines', elements: true })) {
  console.log(`${line.item}: ${line.price.toFixed(2)}`)
}
