/** Typed arguments out of the text of a call. */

import { type Decoded, type Issue, JsonTextError, parseJson, pathText } from '@pawl/schema'
import { mendArguments } from './mend-arguments.ts'

/** `repaired` says what was mended. `problem` is worded for the model. */
export type DecodedArguments =
  | { readonly ok: true; readonly value: unknown; readonly repaired?: string | undefined }
  | { readonly ok: false; readonly problem: string }

/** An empty text is an empty object: many servers send it for a tool without parameters. */
export function decodeArguments(text: string, decode: (value: unknown) => Decoded<unknown>): DecodedArguments {
  const parsed = parse(text === '' ? '{}' : text)
  if (!parsed.ok) return parsed
  const decoded = decode(parsed.value)
  if (decoded.ok) return { ...parsed, value: decoded.value }
  return {
    ok: false,
    problem: `The arguments do not fit the tool's parameters, and nothing was run.\n${listed(decoded.issues)}\nCall it again with arguments that fit.`,
  }
}

function parse(text: string): DecodedArguments {
  try {
    return { ok: true, value: parseJson(text) }
  } catch (error) {
    const mended = mendArguments(text)
    if (mended) {
      try {
        return { ok: true, value: parseJson(mended.text), repaired: mended.repair }
      } catch {
        // The first error says more.
      }
    }
    const detail =
      error instanceof JsonTextError || error instanceof SyntaxError ? error.message.slice(0, 200) : 'it cannot be read'
    return {
      ok: false,
      problem: `The arguments are not valid JSON (${detail}), and nothing was run. Call it again with one JSON object.`,
    }
  }
}

function listed(issues: readonly Issue[]): string {
  const shown = issues
    .slice(0, 20)
    .map(({ path, message }) => `- ${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`)
  return (issues.length > 20 ? [...shown, `- and ${issues.length - 20} more`] : shown).join('\n')
}
