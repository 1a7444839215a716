// Asking the rules in one line, for the tests.
import { answer, offlineModelId } from '../src/index.ts'
import type { AnsweredMessage } from '../src/wire/answered.ts'
import { checkRequest } from '../src/wire/check-request.ts'

/** A Tuesday. */
export const today = new Date('2026-03-10T09:00:00Z')

/** A function tool with a strict schema. */
export function offer(name: string, description: string, properties: Record<string, unknown> = {}) {
  const parameters = { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
  return { type: 'function', function: { name, description, strict: true, parameters } }
}

/** The assistant message for a prompt, or for a whole history. */
export async function ask(
  prompt: string | readonly unknown[],
  extra: Record<string, unknown> = {},
): Promise<AnsweredMessage> {
  const messages = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt
  const { choices } = await answer(checkRequest({ model: offlineModelId, messages, ...extra }), { now: today })
  const [choice] = choices
  if (!choice) throw new Error('A completion has at least one choice.')
  return choice.message
}

/** The calls of a message, arguments parsed. */
export function callsOf({ tool_calls = [] }: AnsweredMessage): readonly (readonly [string, unknown])[] {
  return tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)] as const)
}

/** The history after `message` with a result for each of its calls, in order. */
export function withResults(
  prompt: string,
  ...turns: readonly { message: AnsweredMessage; results: readonly unknown[] }[]
) {
  return [
    { role: 'user', content: prompt },
    ...turns.flatMap(({ message, results }) => [
      message,
      ...(message.tool_calls ?? []).map((call, index) => ({
        role: 'tool',
        tool_call_id: call.id,
        content: JSON.stringify(results[index]),
      })),
    ]),
  ]
}
