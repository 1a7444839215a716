/** A value that fills in while the model writes it: the terminal shows the live partial, redrawn in place. */

import { setTimeout as sleep } from 'node:timers/promises'
import { says, scriptedModel } from '@pawl/testing'
import { extract, type Model } from 'pawl'
import { z } from 'zod'

const Invoice = z.object({
  number: z.string(),
  due: z.iso.date().transform((text) => new Date(text)),
  reference: z.string().optional(),
  lines: z.array(z.object({ item: z.string(), price: z.number() })),
})

const scripted = scriptedModel([
  says(
    JSON.stringify({
      number: '2026-017',
      due: '2026-02-28',
      reference: null,
      lines: [
        { item: 'Copper kettle', price: 64.9 },
        { item: 'Oak board', price: 29.9 },
        { item: 'Linen towel', price: 12.5 },
      ],
    }),
  ),
])
const screen = process.stdout
/** The script, at the pace of a model where somebody watches. */
const model: Model = {
  ...scripted,
  async *stream(request, options) {
    for await (const chunk of scripted.stream(request, options)) {
      yield chunk
      if (screen.isTTY) await sleep(40)
    }
  },
}

const invoice = extract(model, { schema: Invoice, prompt: 'Invoice 2026-017: a kettle, a board, a towel' })
let drawn = 0
for await (const partial of invoice) {
  if (!screen.isTTY) continue
  const rows = [
    `number  ${partial.number ?? '…'}${invoice.closed(['number']) ? ' ✓' : ''}`,
    `due     ${partial.due ?? '…'}${invoice.closed(['due']) ? ' ✓' : ''}`,
    ...(partial.lines ?? []).map(({ item = '…', price }) => `${String(price ?? '…').padStart(7)}  ${item}`),
  ]
  screen.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}\x1b[0J${rows.join('\n')}\n`)
  drawn = rows.length
}

const { value } = await invoice
const total = value.lines.reduce((sum, { price }) => sum + price, 0)
console.log(`${value.number}: ${value.lines.length} lines, ${total.toFixed(2)}, due in ${value.due.getUTCFullYear()}`)
