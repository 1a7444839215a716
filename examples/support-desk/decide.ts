/** What a person says about what a run waits for: which words fit which question, and the decisions they make. */

import { answer, approve, type Decision, deny, type Pending } from 'pawl'
import { UsageError } from '../app/command.ts'
import { told } from './pending.ts'

export type Word = 'approve' | 'deny' | 'again' | 'happened'

/** A call that may have happened is never run again by a plain yes. */
const fitting: Readonly<Record<Pending['type'], readonly Word[]>> = {
  approval: ['approve', 'deny'],
  unknown: ['happened', 'again', 'deny'],
  external: ['deny'],
}

/** The words that fit, as commands to print. */
export function choices(runId: string, { type }: Pending): string {
  return fitting[type].map((word) => `${word} ${runId}${word === 'deny' ? ' "why not"' : ''}`).join(' | ')
}

/** @throws UsageError where nothing is asked, or the word does not fit */
export function decide(word: Word, pending: readonly Pending[], reason: string | undefined): Decision[] {
  if (pending.length === 0)
    throw new UsageError('The run waits for nobody; `resume` goes on with one whose process died.')
  return pending.map((asked) => {
    if (!fitting[asked.type].includes(word))
      throw new UsageError(`"${word}" does not fit:\n  ${told(asked)}\nUse one of: ${choices(asked.runId, asked)}`)
    if (word === 'deny') return deny(asked, reason)
    return word === 'happened' ? answer(asked, { paid: true, confirmed_by: 'a person' }) : approve(asked)
  })
}
