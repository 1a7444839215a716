// Plays one prompt to its end and says how it went.
import { answer } from '../src/index.ts'
import { offlineModelId } from '../src/model-id.ts'
import type { OfflineCompletion } from '../src/wire/answered.ts'
import { checkRequest } from '../src/wire/check-request.ts'
import { asObject, type JsonObject } from '../src/wire/json-object.ts'
import type { EvalCase, EvalTool, ExpectedCall } from './cases.ts'
import { strictObject } from './schemas.ts'

/** Right; held back (asked or refused where an answer was there: no harm); or confidently wrong. */
export type Outcome = 'right' | 'held back' | 'wrong'

/** How a prompt went: what was called, one list a turn, and what was said in the end. */
export interface Verdict {
  readonly outcome: Outcome
  readonly turns: readonly (readonly { readonly name: string; readonly input: JsonObject }[])[]
  readonly said: string
}

/** The day on which the prompts are asked, a Tuesday. */
export const today = new Date('2026-03-10T09:00:00Z')

/** Asks the rules until they call nothing more, at most eight times. */
export async function judge(one: EvalCase): Promise<Verdict> {
  const messages: unknown[] = [{ role: 'user', content: one.prompt }]
  const turns: { name: string; input: JsonObject }[][] = []
  for (;;) {
    const { message } = first(await answer(checkRequest(body(one, messages)), { now: today }))
    if (!message.tool_calls || turns.length === 8) {
      const said = message.refusal ?? message.content ?? ''
      return { outcome: outcome(one, turns, message.content, said), turns, said }
    }
    const calls = message.tool_calls.map((call) => ({
      id: call.id,
      name: call.function.name,
      input: input(call.function.arguments),
    }))
    turns.push(calls.map(({ name, input }) => ({ name, input })))
    messages.push(
      message,
      ...calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: result(one.tools, call) })),
    )
  }
}

function body({ tools = [], schema }: EvalCase, messages: readonly unknown[]): unknown {
  return {
    model: offlineModelId,
    messages,
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, properties }) => ({
        type: 'function',
        function: { name, description, strict: true, parameters: strictObject(properties) },
      })),
    }),
    ...(schema && { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } }),
  }
}

function outcome(one: EvalCase, turns: Verdict['turns'], content: string | null, said: string): Outcome {
  const { expected } = one
  // The rules ask, or say that nothing fits, in one form each; with a schema they refuse in `refusal`.
  const heldBack = content === null || /\?$|not a language model|^I have no tool for/m.test(said)
  if (expected.type === 'holds back') {
    const called = turns.flat().some((call) => !/^(find|get|list|search)_/.test(call.name))
    if (called || !heldBack) return 'wrong'
    return (expected.names ?? []).every((name) => said.includes(name)) ? 'right' : 'held back'
  }
  if (expected.type === 'value') {
    if (heldBack || content === null) return 'held back'
    return same(JSON.parse(content), expected.value) ? 'right' : 'wrong'
  }
  const misplaced = turns.some((turn, index) =>
    turn.some((call) => !expected.turns[index]?.some((wanted) => fits(wanted, call))),
  )
  if (misplaced) return 'wrong'
  if (heldBack) return 'held back'
  const complete = expected.turns.every((turn, index) => turn.length === turns[index]?.length)
  return complete && (expected.says ?? []).every((words) => said.includes(words)) ? 'right' : 'wrong'
}

function fits(wanted: ExpectedCall, call: { readonly name: string; readonly input: JsonObject }): boolean {
  if (wanted.name !== call.name) return false
  return [...new Set([...Object.keys(wanted.input), ...Object.keys(call.input)])].every((key) => {
    const value = call.input[key] ?? null
    const want = wanted.input[key] ?? null
    return want instanceof RegExp ? typeof value === 'string' && want.test(value) : same(value, want)
  })
}

function same(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index]))
  }
  const [one, other] = [asObject(left), asObject(right)]
  if (!one || !other) return left === right
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]))
}

function result(tools: readonly EvalTool[] = [], call: { readonly name: string; readonly input: JsonObject }): string {
  return JSON.stringify(tools.find((tool) => tool.name === call.name)?.run(call.input) ?? null)
}

function input(text: string): JsonObject {
  return asObject(JSON.parse(text)) ?? {}
}

function first({ choices }: OfflineCompletion) {
  const [choice] = choices
  if (!choice) throw new Error('A completion has at least one choice.')
  return choice
}
