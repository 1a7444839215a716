/**
 * The run that the crash tests stop: an agent with a tool of each effect, parallel calls, an approval and an agent called as
 * a tool. Its model answers by what it is asked, so a step that is done again is done the same way.
 */

import { agent, agentAsTool, type RunStore, run } from '@pawl/agent'
import { turnsByStep } from '@pawl/agent/testing'
import { callsTool, callsTools, says, scriptedModel } from '@pawl/testing'
import { tool } from '@pawl/tools'
import { z } from 'zod'

/** Told what takes effect: which tool, and the key of the call. */
export type Happened = (name: string, key: string) => void

export const task = 'Refund order 17'

const order = z.object({ order: z.number() })

export function refundAgent(happened: Happened) {
  const effect = (name: string, effect: 'pure' | 'idempotent' | 'once', result: unknown, approval = false) =>
    tool({
      name,
      description: name,
      parameters: order,
      effect,
      approval,
      execute: (_, { idempotencyKey }) => {
        happened(name, idempotencyKey)
        return result
      },
    })
  const auditor = agent({
    name: 'auditor',
    model: scriptedModel(turnsByStep([callsTool('ledger', { order: 17 }), says('The books agree.')]), { id: 'audit' }),
    tools: [effect('ledger', 'once', { entry: 4 })],
  })
  return agent({
    name: 'refunds',
    model: scriptedModel(
      turnsByStep([
        callsTools(['lookup', { order: 17 }], ['hold', { order: 17 }], ['notify', { order: 17 }]),
        callsTool('refund', { order: 17 }),
        callsTools(['audit', { input: 'order 17' }], ['notify', { order: 17 }]),
        callsTool('hold', { order: 18 }),
        says('Refunded.'),
      ]),
      { id: 'refunds' },
    ),
    tools: [
      effect('lookup', 'pure', { paid: true }),
      effect('hold', 'idempotent', 'held'),
      effect('notify', 'once', 'sent'),
      effect('refund', 'once', { refunded: 20 }, true),
      agentAsTool(auditor, { name: 'audit', description: 'audit' }),
    ],
  })
}

export function startRefund(store: RunStore, happened: Happened, runId = 'refund') {
  return run(refundAgent(happened), task, { store, runId })
}
