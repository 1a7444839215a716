// Tools: the next calls of a turn, or what to say when no more are needed.

import { newestTurn, type Turn } from './conversation.ts'
import { fillSchema, missingOf, toObject } from './fill/fill-schema.ts'
import { documentSource } from './fill/source.ts'
import { read } from './language/reading.ts'
import { again } from './plan/again.ts'
import type { Known } from './plan/arguments.ts'
import { type DoneCall, isSame } from './plan/done-call.ts'
import type { Goal } from './plan/goal.ts'
import { plan } from './plan/plan.ts'
import { toolWords } from './plan/tool-words.ts'
import { ask } from './reply/ask.ts'
import { introduce } from './reply/introduce.ts'
import { refuse } from './reply/refuse.ts'
import { tellResults } from './reply/tell-results.ts'
import type { Decided } from './wire/completion.ts'
import type { OfflineRequest } from './wire/request.ts'

/** What is decided, and for an answer that must have a shape the text to fill it from: the request and the results. */
export type Served = Decided & { readonly document: string }

/** Decides on calls or on words. Relative dates count from `now`. */
export async function serve(request: OfflineRequest, now: Date): Promise<Served> {
  const turn = newestTurn(request.messages)
  const document = [turn.text, ...turn.done.map(documentOf)].join('\n\n')
  const tools = request.toolChoice.type === 'none' ? [] : request.tools.map(toolWords)
  if (tools.length === 0) return { ...withoutTools(turn), document }
  const reading = await read(turn.text, now, new Set(tools.flatMap((tool) => tool.verb ?? [])))
  const known = { reading, tools, done: turn.done }
  const named = request.toolChoice.type === 'named' && turn.done.length === 0
  return { ...(named ? forced(known) : free(request, turn, known)), document }
}

function withoutTools({ text, done }: Turn): Decided {
  return { type: 'text', text: done.length > 0 ? tellResults(text, done, done) : introduce([]) }
}

/** One tool, whether it seems to fit or not: its fields are filled from the whole text, or it is refused. */
function forced({ reading, tools }: Known): Decided {
  const [tool] = tools
  if (!tool) return { type: 'text', text: introduce([]) }
  const around = [...tool.name, ...tool.about]
  const asDocument = documentSource(reading)
  const asRequest = { ...asDocument, type: 'request' as const, ignored: new Set(around) }
  // What is short and has no labels is a request, and may leave a list empty; a document may not.
  const short = reading.text.length < 300 && reading.labels.length === 0
  const fillings = (short ? [asDocument, asRequest] : [asDocument]).map((source) =>
    fillSchema(tool.tool.parameters, around, source),
  )
  const filling = fillings.find((one) => missingOf(one).length === 0)
  if (filling) return { type: 'calls', calls: [{ name: tool.tool.name, arguments: toObject(filling) }] }
  const [fewest] = fillings.map(missingOf).sort((left, right) => left.length - right.length)
  return { type: 'refusal', text: refuse(fewest ?? []) }
}

function free(request: OfflineRequest, turn: Turn, known: Known): Decided {
  const planned = plan(known)
  const { goals, calls, unserved } = planned.goals.length > 0 ? planned : (again(turn, known) ?? planned)
  if (calls.length > 0) return { type: 'calls', calls: request.parallel ? calls : calls.slice(0, 1) }
  if (goals.length > 0) {
    const rest = unserved.map(({ text }) => `I have no tool for “${text}”.`)
    return { type: 'text', text: [...goals.map((goal) => tellGoal(goal, known)), ...rest].join('\n') }
  }
  return turn.done.length > 0 ? withoutTools(turn) : { type: 'text', text: introduce(request.tools) }
}

function tellGoal(goal: Goal, { reading, done }: Known): string {
  const failed = goal.failed.length > 0 ? [tellResults(reading.text, goal.failed, done)] : []
  if (goal.missing.length > 0 || goal.unplaced.length > 0) return failed[0] ?? ask(goal)
  const own = done.filter((one) => goal.calls.some((call) => isSame(call, one)))
  return [...failed, tellResults(reading.text, own, done)].join('\n')
}

/** A result as a text that labels can be read from. */
function documentOf({ output }: DoneCall): string {
  if (typeof output === 'string') return output
  const rows: readonly unknown[] = Array.isArray(output) ? output : [output]
  return rows.map(lines).join('\n\n')
}

function lines(row: unknown): string {
  if (typeof row !== 'object' || row === null) return String(row)
  return Object.entries(row)
    .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n')
}
