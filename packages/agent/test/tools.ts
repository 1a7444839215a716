/** The tools that the tests of this package call. */

import { tool } from '@pawl/tools'
import { z } from 'zod'

export const weather = tool({
  name: 'weather',
  description: 'Weather of a city',
  parameters: z.object({ city: z.string() }),
  effect: 'pure',
  execute: ({ city }) => `${city}: 4 degrees`,
})

/** Counts its executions: nothing may run it twice unasked. */
export function payments() {
  const paid: number[] = []
  const pay = tool({
    name: 'pay',
    description: 'Pays an amount',
    parameters: z.object({ amount: z.number() }),
    execute: ({ amount }) => {
      paid.push(amount)
      return { paid: amount }
    },
  })
  return { paid, pay }
}
