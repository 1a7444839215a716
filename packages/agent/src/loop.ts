/** The loop: decide, perform, record. It reads no clock, random number or queue but through the journal. */

import { callModel } from './effects/call-model.ts'
import { callsAhead, callTools } from './effects/call-tools.ts'
import { pendingOf } from './run/run-result.ts'
import type { Scope } from './scope.ts'
import { decide } from './state/decide.ts'
import type { StoredEvent } from './state/events.ts'
import { finish } from './state/finish.ts'
import { record } from './state/record.ts'
import type { RunState } from './state/state.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Runs until the run is done, stopped, or waits for somebody. `keep` is told each new state. @throws whatever the model or a hook throws; the log stands as it was */
export async function loop(scope: Scope, begun: RunState, keep: (state: RunState) => void): Promise<RunState> {
  const { journal } = scope
  let state = begun
  let decisions = 0
  const take = (events: readonly StoredEvent[]) => {
    for (const event of events) state = record(state, event)
    keep(state)
  }
  while (true) {
    // Messages that were sent in join where pairs are whole: between a step and the next call.
    if (state.unanswered.length === 0) {
      const sent = journal.sent()
      if (sent.length > 0) take(await journal.note(sent))
    }
    const action = decide(state)
    switch (action.type) {
      case 'call-model': {
        const { step, closing } = action
        let known = 0
        const events = await journal.perform(
          `model:${step}`,
          (context) => unlessAborted(context.signal, callModel(scope, state, step, closing, context)),
          (answer) => {
            take(answer)
            known = answer.length
            return callsAhead(scope, state)
          },
        )
        take(events.slice(known))
        break
      }
      case 'call-tools':
        take(await callTools(scope, state, action.calls))
        break
      case 'wait': {
        const pending = pendingOf({ unanswered: action.calls })
        decisions += 1
        const decision = await unlessAborted(scope.signal, journal.wait(`decision:${decisions}`, pending))
        if (decision) {
          take(await journal.note([{ type: 'approval.given', ...decision }]))
          break
        }
        take(await journal.note([{ type: 'run.waiting', pending: pending.map(({ id }) => id) }]))
        return state
      }
      case 'finish': {
        const sent = journal.sent()
        take(await journal.note(sent.length > 0 ? sent : finish(scope.root, state)))
        break
      }
      case 'stop':
        take(
          await journal.note([
            {
              type: 'run.stopped',
              reason: `limit of ${action.reached.limit}`,
              stoppedBy: action.reached,
              text: state.text,
            },
          ]),
        )
        break
      case 'end':
        return state
    }
    if (state.status === 'stopped' || state.status === 'done') return state
  }
}
