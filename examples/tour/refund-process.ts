/** One process of the refund: `refund-process.ts <folder> start|approve|resume`. Tells what it does as lines of JSON. */

import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { agent, approve, type Run, type RunEvent, resume, run, sqliteStore, tool } from 'pawl'
import { z } from 'zod'
import { chooseModel } from '../app/choose-model.ts'
import { openShop } from '../shop/shop.ts'
import { lookUps } from '../shop/tools.ts'

export type Report =
  | { readonly type: 'did'; readonly text: string }
  | { readonly type: 'found'; readonly events: number; readonly steps: number }
  | { readonly type: 'ended'; readonly status: string; readonly steps: number; readonly text: string }

const request =
  'Look up order ORD-1042, then refund order ORD-1042 because "the kettle arrived with a dent", then send a message to lena.fischer@example.org saying "Your refund is on its way."'

const [folder = '', task = ''] = process.argv.slice(2)
const store = sqliteStore(join(folder, 'runs.db'))
const ledger = join(folder, 'ledger.txt')
appendFileSync(ledger, '')

const refundOrder = tool({
  name: 'refund_order',
  description: 'Refund an order: pays its total back to the customer.',
  parameters: z.object({
    order_id: z.string().describe('order id, such as ORD-1042'),
    reason: z.string().describe('why, quoted'),
  }),
  effect: 'once',
  approval: true,
  execute: ({ order_id }) => {
    appendFileSync(ledger, 'refund\n')
    return { refunded: order_id }
  },
})

const sendMessage = tool({
  name: 'send_message',
  description: 'Send a message by e-mail to an address.',
  parameters: z.object({ email: z.email(), message: z.string().describe('text to send, quoted') }),
  effect: 'idempotent',
  execute: async ({ email }, { idempotencyKey, signal }) => {
    await sleep(1500, undefined, { signal })
    // A mail service drops a second message with the same key; the ledger plays its part.
    const sent = join(folder, 'sent-keys.txt')
    const known = existsSync(sent) && readFileSync(sent, 'utf8').split('\n').includes(idempotencyKey)
    if (!known) {
      appendFileSync(sent, `${idempotencyKey}\n`)
      appendFileSync(ledger, 'message\n')
    }
    return { sent_to: email }
  },
})

const { model, close } = await chooseModel()
const clerk = agent({
  name: 'refund-clerk',
  instructions: 'Do what the service desk asks with the tools, one after the other.',
  model,
  tools: [...lookUps(openShop()), refundOrder, sendMessage],
})

try {
  const result = await watch(await begin())
  tell({ type: 'ended', status: result.status, steps: result.steps, text: result.text })
  for (const { call } of result.pending) {
    tell({
      type: 'did',
      text: `waiting for a yes: ${call.type === 'function' ? `${call.function.name} ${call.function.arguments}` : ''}`,
    })
  }
} finally {
  await close()
}

/** The handle stands in an object: awaiting it would wait for the run's end. */
async function begin(): Promise<{ running: Run<string> }> {
  if (task === 'start') return { running: run(clerk, request, { store }) }
  for await (const { runId } of store.list()) {
    const log = await store.read(runId)
    tell({ type: 'found', events: log.length, steps: log.filter((event) => event.type === 'completion.done').length })
    if (task === 'resume') return { running: resume(clerk, runId, { store }) }
    const { pending } = await resume(clerk, runId, { store })
    tell({ type: 'did', text: 'approved' })
    return { running: resume(clerk, runId, { store, decisions: pending.map(approve) }) }
  }
  throw new Error('The store holds no run.')
}

async function watch({ running }: { running: Run<string> }) {
  for await (const event of running) {
    const text = described(event)
    if (text) tell({ type: 'did', text })
  }
  return running
}

function described(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'completion.done':
      return event.completion.choices[0]?.message.tool_calls
        ?.map((call) => (call.type === 'function' ? `running ${call.function.name} ${call.function.arguments}` : ''))
        .join(', ')
    case 'tool.done':
      return `done: ${event.message.content}`
    case 'approval.given':
      return 'the yes is recorded'
    default:
      return undefined
  }
}

function tell(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`)
}
