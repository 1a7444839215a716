// "And Bergen?": the last call of the turn before, with what is new put in.

import type { Turn } from '../conversation.ts'
import { missingOf, toObject } from '../fill/fill-schema.ts'
import { fillFor, type Known } from './arguments.ts'
import { isSame } from './done-call.ts'
import { toGoal } from './goal.ts'
import type { Plan } from './plan.ts'

/** The plan for a follow-up; undefined when the text is none, when it names nothing new, or when the last call had an effect. */
export function again({ text, earlier }: Turn, known: Known): Plan | undefined {
  const last = earlier.at(-1)
  const tool = known.tools.find((one) => one.tool.name === last?.name && one.reads)
  const [clause] = known.reading.clauses
  const short = /^\s*(?:and|what about|how about|or)\b/i.test(text) && text.split(/\s+/).length <= 8
  if (!last || !tool || !clause || !short) return undefined
  const filling = fillFor(tool, clause, known)
  if (filling.facts.size === 0) return undefined
  const values = new Map(filling.values)
  for (const slot of filling.slots) {
    const before = slot.path.length === 1 ? last.input[slot.path[0] ?? ''] : undefined
    if (!values.has(slot) && before !== undefined && before !== null) values.set(slot, before)
  }
  const complete = { ...filling, values }
  if (missingOf(complete).length > 0) return undefined
  const call = { name: last.name, arguments: toObject(complete) }
  const goal = { ...toGoal(tool, clause, known), calls: [call], before: [], failed: [], missing: [], unplaced: [] }
  return { goals: [goal], unserved: [], calls: known.done.some((done) => isSame(call, done)) ? [] : [call] }
}
