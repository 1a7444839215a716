/** What a tool gave, as the model reads it. */

import type { Json, TextPart } from '@pawl/client'
import { outputJson, saidJson } from './output-json.ts'
import { type Say, wellFormed } from './secrets.ts'

/**
 * What a tool gave, as the model reads it: a text as it is, nothing as "done, no output", an empty text as "(empty text)",
 * everything else as JSON by the rule of `outputJson`.
 * @param json where it is made already
 * @throws what a getter or `toJSON` of the value throws
 */
export function outputText(value: unknown, json = outputJson(value)): string {
  if (value === '') return '(empty text)'
  if (json === undefined) return 'done, no output'
  return typeof value === 'string' ? String(json) : JSON.stringify(json)
}

/** What a tool gave, as JSON and as it stands in a message. */
export interface Output {
  readonly json: Json | undefined
  readonly content: string | readonly TextPart[]
}

/** @throws what a getter or `toJSON` of the value throws */
export function outputOf(given: unknown, say: Say): Output {
  if (say !== wellFormed || typeof given !== 'object') return said(given, given, say)
  const json = saidJson(given)
  if (isTextParts(json)) return said(given, json, say)
  const content = outputText(given, json)
  // JSON escapes lone surrogates: one look at the text spares one at each key and text in it.
  return content.includes('\\ud') ? said(given, json, say) : { json, content }
}

function said(given: unknown, value: unknown, say: Say): Output {
  const json = saidJson(value, say)
  return { json, content: isTextParts(json) ? json : outputText(given, json) }
}

function isTextParts(value: unknown): value is readonly TextPart[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => part?.type === 'text' && typeof part.text === 'string')
  )
}
