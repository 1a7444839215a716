/** What a tool gave, as the model reads it. */

import type { Json } from '@pawl/client'
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

/** Both forms of what a tool gave. */
export interface Output {
  readonly json: Json | undefined
  readonly text: string
}

/** @throws what a getter or `toJSON` of the value throws */
export function outputOf(given: unknown, say: Say): Output {
  if (say !== wellFormed || typeof given !== 'object') return said(given, given, say)
  const json = saidJson(given)
  const text = outputText(given, json)
  // JSON escapes lone surrogates: one look at the text spares one at each key and text in it.
  return text.includes('\\ud') ? said(given, json, say) : { json, text }
}

function said(given: unknown, value: unknown, say: Say): Output {
  const json = saidJson(value, say)
  return { json, text: outputText(given, json) }
}
