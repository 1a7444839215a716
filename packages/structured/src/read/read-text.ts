/** From the model's text to the value of the schema. */

import { type Issue, JsonTextError, parseJson, type WireSchema } from '@pawl/schema'
import { mendJson } from './mend-json.ts'

/** A decoded text. */
export type Reading<T> =
  | GoodReading<T>
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly isJson: boolean }

export interface GoodReading<T> {
  readonly ok: true
  readonly value: T
  /** what it said before the rewriting was undone */
  readonly json: unknown
  /** the JSON that it was read from */
  readonly text: string
}

/** @param options.mend whether JSON that is almost right is mended where that is certain; true when left out */
export function readText<T>(
  wire: WireSchema<T, any>,
  text: string,
  { mend = true }: { mend?: boolean | undefined } = {},
): Reading<T> {
  try {
    return decode(wire, text)
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    const mended = mend ? mendJson(text) : undefined
    const reading = mended === undefined ? undefined : decodeIfJson(wire, mended)
    return reading ?? { ok: false, issues: [{ message: error.message, path: [] }], isJson: false }
  }
}

function decode<T>(wire: WireSchema<T, any>, text: string): Reading<T> {
  const json = parseJson(text)
  const decoded = wire.decode(json)
  return decoded.ok ? { ...decoded, json, text } : { ...decoded, isJson: true }
}

function decodeIfJson<T>(wire: WireSchema<T, any>, text: string): Reading<T> | undefined {
  try {
    return decode(wire, text)
  } catch (error) {
    if (error instanceof JsonTextError) return undefined
    throw error
  }
}
