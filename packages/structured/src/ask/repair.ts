/** What the model is told when its answer is no value. */

import type { AssistantMessage, Choice, Message, ToolMessage, UserMessage } from '@pawl/client'
import { type Issue, type JsonSchema, pathText } from '@pawl/schema'
import { type Form, schemaInWords } from './request.ts'

const mostIssues = 20

/**
 * Lists what is wrong and asks for the whole answer again.
 * @param json told again where the answer is wrong as a whole: its server may not have shown the schema to the model
 */
export function repairText(issues: readonly Issue[], json: JsonSchema): string {
  const lines = issues.slice(0, mostIssues).map(({ path, message }) => `- ${pathText(path)}: ${message}`)
  if (issues.length > mostIssues) lines.push(`- and ${issues.length - mostIssues} more`)
  const whole = issues.some(({ path }) => path.length === 0)
  const ending = whole
    ? `Answer again with ${schemaInWords(json)}`
    : 'Answer again with the whole JSON, corrected, and nothing else.'
  return `The answer cannot be used:\n${lines.join('\n')}\n${ending}`
}

/** The same as a message of its own. */
export function repairMessage(issues: readonly Issue[], json: JsonSchema): UserMessage {
  return { role: 'user', content: repairText(issues, json) }
}

/** The answer as the model gave it, and what is wrong with it: in the tool message where it was a call. */
export function repairExchange(
  message: Choice['message'] | undefined,
  text: string,
  issues: readonly Issue[],
  { name, json }: Form,
): readonly Message[] {
  const calls = message?.tool_calls ?? []
  if (message === undefined || calls.length === 0) {
    // an empty assistant message is refused by some servers
    const answer: readonly AssistantMessage[] = text.trim() === '' ? [] : [{ role: 'assistant', content: text }]
    return [...answer, repairMessage(issues, json)]
  }
  const { content, reasoning_content, reasoning, reasoning_details } = message
  // some servers want the thinking back with a call
  const thinking = { reasoning_content, reasoning, reasoning_details }
  const told = Object.fromEntries(Object.entries(thinking).filter(([, value]) => value != null))
  const results = calls.map((call): ToolMessage => {
    const own = call.type === 'function' && call.function.name === name
    return { role: 'tool', tool_call_id: call.id, content: own ? repairText(issues, json) : 'There is no such tool.' }
  })
  return [{ role: 'assistant', content: content ?? null, ...told, tool_calls: calls }, ...results]
}

/** Asks for what is missing of an answer that the output limit cut off. */
export const continueMessage: UserMessage = {
  role: 'user',
  content:
    'The answer was cut off by the output limit. Go on with the very next character after its end: ' +
    'write only the rest, without repeating anything, without a fence and without a word around it.',
}
