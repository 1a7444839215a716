// What the server says and the adapters ask, the same for everybody.

import { z } from 'zod'

export const question = 'Do I need a coat in Oslo today?'

// The tool of the loops: six fields, a short answer.
export const parameters = z.object({
  city: z.string(),
  day: z.string(),
  units: z.enum(['metric', 'imperial']),
  hours: z.number(),
  detailed: z.boolean(),
  tags: z.array(z.string()),
})

export const toolArguments = (at) =>
  JSON.stringify({
    city: `City ${at}`,
    day: '2026-03-04',
    units: 'metric',
    hours: 12,
    detailed: at % 2 === 0,
    tags: ['wind', 'rain'],
  })

/** Of the first fifty calls, made once: a call that is measured does not make its own. */
export const toolTexts = Array.from({ length: 50 }, (_, at) => toolArguments(at))

export const lookUp = ({ city }) => ({ city, degrees: 4, sky: 'rain' })

// The object of the partial streams: a list of orders.
export const orders = z.object({
  orders: z.array(
    z.object({ id: z.string(), customer: z.string(), total: z.number(), paid: z.boolean(), note: z.string() }),
  ),
})

export function objectText(kilobytes) {
  const list = []
  for (let size = 0, at = 0; size < kilobytes * 1024; at += 1) {
    const order = {
      id: `ORD-${1000 + at}`,
      customer: `Customer number ${at}`,
      total: at * 1.5,
      paid: at % 3 === 0,
      note: 'left at the door, "fragile", rang twice',
    }
    size += JSON.stringify(order).length + 1
    list.push(order)
  }
  return JSON.stringify({ orders: list })
}

// Deltas of twenty characters.
export const chunksOf = (text) => text.match(/[\s\S]{1,20}/g)
