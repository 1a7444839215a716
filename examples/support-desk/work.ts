/** A run at the desk, from its start or its resumption to what it came to, shown as it happens. */

import { join } from 'node:path'
import { offlineModelId } from '@pawl/offline'
import type { Agent, Run } from 'pawl'
import { chooseModel } from '../app/choose-model.ts'
import { interruptible } from '../app/interruptible.ts'
import { answer, did, note } from '../app/page.ts'
import { showEvent } from '../app/show-event.ts'
import { choices } from './decide.ts'
import { desk } from './desk.ts'
import { handsRefundsOver } from './hands-refunds-over.ts'
import { told } from './pending.ts'

export const program = 'npm run example -- support-desk'

export interface Options {
  /** holds the runs and the ledger of refunds */
  readonly folder: string
  /** `refund`: the process kills itself when the money is paid and the call is not yet on record */
  readonly crashAt: string | undefined
}

export async function work({ folder, crashAt }: Options, start: (triage: Agent<string>) => Run<string>): Promise<void> {
  const { id, model, name, close } = await chooseModel()
  const offline = id === offlineModelId
  did(`model: ${name}${offline ? '; a script beside them decides when to hand over' : ''}`)
  const afterRefund = () => {
    if (crashAt === 'refund') process.kill(process.pid, 'SIGKILL')
  }
  try {
    const ledger = join(folder, 'ledger.jsonl')
    const running = start(desk(offline ? handsRefundsOver(model) : model, { ledger, afterRefund }))
    const { runId } = running
    running.on('handoff.done', ({ from, to }) => did(`⇒ ${from} hands over to ${to}`))
    const ended = interruptible(running, `${program} resume ${runId}`)
    const [{ status, text, pending }] = await Promise.all([ended, show(running)])
    if (text) answer('\n')
    did(`${runId}: ${status}`)
    for (const asked of pending) note(`It waits for a word on\n  ${told(asked)}\n${program} ${choices(runId, asked)}`)
  } finally {
    await close()
  }
}

async function show(running: Run<string>): Promise<void> {
  for await (const event of running) showEvent(event)
}
