/** Typed arguments out of the text of a call. */

import { type Decoded, type Issue, parseJson, pathText } from '@pawl/schema'
import { jsonFault } from './json-fault.ts'
import { mendArguments } from './mend-arguments.ts'

/** `frozen`: at every depth. `repaired` says what was mended. `problem` is worded for the model. */
export type DecodedArguments =
  | { readonly ok: true; readonly value: unknown; readonly frozen?: boolean; readonly repaired?: string | undefined }
  | { readonly ok: false; readonly problem: string }

/** An empty text is an empty object: many servers send it for a tool without parameters. Never throws. */
export function decodeArguments(text: string, decode: (value: unknown) => Decoded<unknown>): DecodedArguments {
  return readArguments(text, (json) => decode(parseJson(json)))
}

/** @param read throws where the text is not JSON as `parseJson` takes it */
export function readArguments(text: string, read: (text: string) => Decoded<unknown>): DecodedArguments {
  try {
    return told(read(text))
  } catch {
    const json = readable(text)
    if (!json.ok) return json
    // A transform or refinement of the schema throws; what it says may hold the arguments.
    if (json.text === text) return { ok: false, problem: 'The arguments could not be checked, and nothing was run.' }
    const decoded = readArguments(json.text, read)
    return decoded.ok && json.repaired !== undefined ? { ...decoded, repaired: json.repaired } : decoded
  }
}

function told(decoded: Decoded<unknown>): DecodedArguments {
  if (decoded.ok) return decoded
  return {
    ok: false,
    problem: `The arguments do not fit the tool's parameters, and nothing was run.\n${listed(decoded.issues)}\nCall it again with arguments that fit.`,
  }
}

/** The text itself, or what it stands for. */
type Readable =
  | { readonly ok: true; readonly text: string; readonly repaired?: string | undefined }
  | { readonly ok: false; readonly problem: string }

function readable(text: string): Readable {
  if (text.trim() === '') return { ok: true, text: '{}' }
  try {
    parseJson(text)
    return { ok: true, text }
  } catch {
    const fault = jsonFault(text)
    // JSON, but with a key that reaches an object's prototype.
    if (!fault) return { ok: false, problem: 'The arguments hold a key that is not allowed, and nothing was run.' }
    const mended = mendArguments(text)
    if (mended && !jsonFault(mended.text)) return { ok: true, text: mended.text, repaired: mended.repair }
    const place = fault.at >= text.length ? 'it ends too early' : `at position ${fault.at}`
    return {
      ok: false,
      problem: `The arguments are not valid JSON (${place}: expected ${fault.expected}), and nothing was run. Call it again with one whole JSON object.`,
    }
  }
}

function listed(issues: readonly Issue[]): string {
  const shown = issues
    .slice(0, 20)
    .map(({ path, message }) => `- ${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`)
  return (issues.length > 20 ? [...shown, `- and ${issues.length - 20} more`] : shown).join('\n')
}
