/**
 * The run that the crash tests stop: an agent with a tool of each effect, parallel calls, an approval and an agent called as
 * a tool. Its model answers by what it is asked, so a step that is done again is done the same way.
 */

import { agent, agentAsTool, approve, type RunResult, type RunStore, resume, run } from '@pawl/agent'
import { turnsByStep } from '@pawl/agent/testing'
import type { Model } from '@pawl/client'
import { callsTool, callsTools, says, scriptedModel } from '@pawl/testing'
import { tool } from '@pawl/tools'
import { z } from 'zod'

/** Told what takes effect, by the key of the call: a tool's, or a request to a model. */
export type Happened = (key: string) => void

export const task = 'Refund order 17'

const turns = [
  callsTools(['lookup', { order: 17 }], ['hold', { order: 17 }], ['notify', { order: 17 }]),
  callsTool('refund', { order: 17 }),
  callsTools(['audit', { input: 'order 17' }], ['notify', { order: 17 }]),
  callsTool('hold', { order: 18 }),
  says('Refunded.'),
] as const

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
        happened(idempotencyKey)
        return result
      },
    })
  const auditor = agent({
    name: 'auditor',
    model: counted(
      scriptedModel(turnsByStep([callsTool('ledger', { order: 17 }), says('The books agree.')]), { id: 'audit' }),
      happened,
    ),
    tools: [effect('ledger', 'once', { entry: 4 })],
  })
  return agent({
    name: 'refunds',
    model: counted(scriptedModel(turnsByStep(turns), { id: 'refunds' }), happened),
    tools: [
      effect('lookup', 'pure', { paid: true }),
      effect('hold', 'idempotent', 'held'),
      effect('notify', 'once', 'sent'),
      effect('refund', 'once', { refunded: 20 }, true),
      agentAsTool(auditor, { name: 'audit', description: 'audit' }),
    ],
  })
}

/** The runs of the refund: its own, and that of the auditor. */
export const runIds = ['refund', 'refund.3.0'] as const

export function startRefund(store: RunStore, happened: Happened) {
  return run(refundAgent(happened), task, { store, runId: runIds[0] })
}

/** Begins the refund or goes on with it, to its end; whatever it waits for is approved. */
export async function finishRefund(store: RunStore, happened: Happened): Promise<RunResult<string>> {
  const [runId] = runIds
  const begun = (await store.read(runId)).length > 0
  let result = await (begun ? resume(refundAgent(happened), runId, { store }) : startRefund(store, happened))
  while (result.status === 'waiting')
    result = await resume(refundAgent(happened), runId, { store, decisions: result.pending.map(approve) })
  return result
}

function counted(model: Model, happened: Happened): Model {
  return {
    ...model,
    complete(request, options) {
      happened(options?.idempotencyKey ?? '')
      return model.complete(request, options)
    },
  }
}
