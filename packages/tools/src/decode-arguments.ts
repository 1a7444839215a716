/** Typed arguments out of the text of a call. */

import { type Decoded, type Issue, parseJson, pathText } from '@pawl/schema'
import { jsonFault } from './json-fault.ts'
import { mendArguments } from './mend-arguments.ts'

/** `repaired` says what was mended. `problem` is worded for the model. */
export type DecodedArguments =
  | { readonly ok: true; readonly value: unknown; readonly repaired?: string | undefined }
  | { readonly ok: false; readonly problem: string }

/** An empty text is an empty object: many servers send it for a tool without parameters. Never throws. */
export function decodeArguments(text: string, decode: (value: unknown) => Decoded<unknown>): DecodedArguments {
  const parsed = parse(text.trim() === '' ? '{}' : text)
  if (!parsed.ok) return parsed
  try {
    const decoded = decode(parsed.value)
    if (decoded.ok) return parsed.repaired === undefined ? decoded : { ...decoded, repaired: parsed.repaired }
    return {
      ok: false,
      problem: `The arguments do not fit the tool's parameters, and nothing was run.\n${listed(decoded.issues)}\nCall it again with arguments that fit.`,
    }
  } catch {
    // A transform or refinement of the schema throws; what it says may hold the arguments.
    return { ok: false, problem: 'The arguments could not be checked, and nothing was run.' }
  }
}

function parse(text: string): DecodedArguments {
  try {
    return { ok: true, value: parseJson(text) }
  } catch {
    const fault = jsonFault(text)
    // JSON, but with a key that reaches an object's prototype.
    if (!fault) return { ok: false, problem: 'The arguments hold a key that is not allowed, and nothing was run.' }
    const mended = mendArguments(text)
    if (mended && !jsonFault(mended.text)) return withNote(parse(mended.text), mended.repair)
    const place = fault.at >= text.length ? 'it ends too early' : `at position ${fault.at}`
    return {
      ok: false,
      problem: `The arguments are not valid JSON (${place}: expected ${fault.expected}), and nothing was run. Call it again with one whole JSON object.`,
    }
  }
}

function withNote(parsed: DecodedArguments, repaired: string): DecodedArguments {
  return parsed.ok ? { ...parsed, repaired } : parsed
}

function listed(issues: readonly Issue[]): string {
  const shown = issues
    .slice(0, 20)
    .map(({ path, message }) => `- ${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`)
  return (issues.length > 20 ? [...shown, `- and ${issues.length - 20} more`] : shown).join('\n')
}
