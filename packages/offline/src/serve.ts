// Tools: the next calls of a turn, or what to say when no more are needed.
import { newestTurn, type Turn } from './conversation.ts'
import { fillSchema, missingOf, toObject } from './fill/fill-schema.ts'
import { documentSource } from './fill/source.ts'
import { read } from './language/reading.ts'
import { type Known, prepare, sourceOf } from './plan/arguments.ts'
import type { DoneCall } from './plan/done-call.ts'
import { type Goal, type Plan, plan } from './plan/plan.ts'
import { type ToolWords, toolWords } from './plan/tool-words.ts'
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
  const tools = request.toolChoice.type === 'none' ? [] : request.tools.map(toolWords)
  const reading = await read(turn.text, now, new Set(tools.flatMap((tool) => tool.verb ?? [])))
  const known = { reading, tools, done: turn.done }
  const document = [turn.text, ...turn.done.map((call) => documentOf(call))].join('\n\n')
  const decided =
    request.toolChoice.type === 'named' && turn.done.length === 0 ? forced(known) : free(request, turn, known)
  return { ...decided, document }
}

/** One tool, whether it seems to fit or not: its fields are filled from the whole text, or it is refused. */
function forced({ reading, tools }: Known): Decided {
  const [tool] = tools
  if (!tool) return { type: 'text', text: introduce([]) }
  const around = [...tool.name, ...tool.about]
  const clause = { start: 0, end: reading.text.length, leaning: false }
  const ignored = new Set<string>(around)
  const fillings = [documentSource(reading), { reading, focus: clause, type: 'request', ignored } as const].map(
    (source) => fillSchema(tool.tool.parameters, around, source),
  )
  const filling = fillings.find((one) => missingOf(one).length === 0)
  if (filling) return { type: 'calls', calls: [{ name: tool.tool.name, arguments: toObject(filling) }] }
  return {
    type: 'refusal',
    text: refuse(fillings.map(missingOf).sort((left, right) => left.length - right.length)[0] ?? []),
  }
}

function free(request: OfflineRequest, turn: Turn, known: Known): Decided {
  const planned = plan(known)
  const next = planned.goals.length > 0 ? planned : again(turn, known, planned)
  if (next.calls.length > 0) return { type: 'calls', calls: request.parallel ? next.calls : next.calls.slice(0, 1) }
  if (next.goals.length > 0) return { type: 'text', text: next.goals.map((goal) => tellGoal(goal, known)).join('\n') }
  if (turn.done.length > 0) return { type: 'text', text: tellResults(turn.text, turn.done, turn.done) }
  return { type: 'text', text: introduce(request.toolChoice.type === 'none' ? [] : request.tools) }
}

function tellGoal(goal: Goal, { reading, done }: Known): string {
  if (goal.failed.length > 0) return tellResults(reading.text, goal.failed, done)
  if (goal.prepared.missing.length > 0) return ask(goal)
  const keys = goal.prepared.calls.map((call) => JSON.stringify([call.name, call.arguments]))
  return tellResults(
    reading.text,
    done.filter((call) => keys.includes(JSON.stringify([call.name, call.input]))),
    done,
  )
}

/** "And Bergen?": the last call of the turn before, with what is new put in. */
function again({ text, earlier }: Turn, known: Known, otherwise: Plan): Plan {
  const last = earlier.at(-1)
  const tool: ToolWords | undefined = known.tools.find((one) => one.tool.name === last?.name && one.reads)
  const [clause] = known.reading.clauses
  if (!last || !tool || !clause || !/^\s*(?:and|what about|how about|or)\b/i.test(text) || text.split(/\s+/).length > 8)
    return otherwise
  const filling = fillSchema(tool.tool.parameters, [...tool.name, ...tool.about], sourceOf(clause, known))
  if (filling.facts.size === 0) return otherwise
  const values = new Map(
    filling.slots.flatMap((slot) => {
      const [name = ''] = slot.path
      const value = filling.values.get(slot) ?? (slot.path.length === 1 ? last.input[name] : undefined)
      return value === undefined || value === null ? [] : [[slot, value] as const]
    }),
  )
  const complete = { ...filling, values }
  if (missingOf(complete).length > 0) return otherwise
  const call = { name: last.name, arguments: toObject(complete) }
  const done = known.done.some(
    (one) => JSON.stringify([one.name, one.input]) === JSON.stringify([call.name, call.arguments]),
  )
  const prepared = { ...prepare(tool, clause, known), calls: [call], missing: [] }
  return { goals: [{ clause, prepared, before: [], failed: [] }], calls: done ? [] : [call] }
}

/** A result as a text that labels and tables can be read from. */
function documentOf({ output }: DoneCall): string {
  if (typeof output === 'string') return output
  const rows = Array.isArray(output) ? output : [output]
  return rows
    .map((row) =>
      typeof row === 'object' && row !== null
        ? Object.entries(row)
            .map(
              ([key, value]) =>
                `${key.replaceAll('_', ' ')}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
            )
            .join('\n')
        : String(row),
    )
    .join('\n\n')
}
