// Sentences about tool results. Every value stands as the tool gave it; only counts and sums are made here.
import type { DoneCall } from '../plan/done-call.ts'
import { isListing, rowsIn } from '../plan/done-call.ts'
import { asObject, type JsonObject } from '../wire/json-object.ts'
import { tellRows } from './tell-rows.ts'

/** Tells what `calls` brought, in view of what was asked. `found` are the calls that the arguments may come from. */
export function tellResults(question: string, calls: readonly DoneCall[], found: readonly DoneCall[]): string {
  return calls.map((call) => tellCall(question, call, found)).join('\n')
}

function tellCall(question: string, call: DoneCall, found: readonly DoneCall[]): string {
  const subject = subjectOf(call, found)
  if (call.empty) return tellEmpty(call, subject)
  if (isListing(call.output)) return tellRows(question, call, subject)
  const object = asObject(call.output)
  if (object) return `${call.name}${subject}: ${tellObject(object)}.`
  return `${call.name}${subject}: ${typeof call.output === 'string' ? call.output : JSON.stringify(call.output)}`
}

function tellEmpty({ name, output }: DoneCall, subject: string): string {
  const said = typeof output === 'string' ? output : asObject(output)?.['error']
  return typeof said === 'string' && said !== ''
    ? `${name}${subject} said: ${said}`
    : `${name}${subject} found nothing.`
}

/** `key value` pairs; a value inside a value is told as JSON. */
export function tellObject(object: JsonObject): string {
  const told = Object.entries(object).filter(([, value]) => value !== null && value !== '')
  return told.map(([key, value]) => `${key.replaceAll('_', ' ')} ${tellValue(value)}`).join(', ')
}

function tellValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** " for Lena Fischer (C-017)": the arguments, with the words that an id was found by. */
function subjectOf(call: DoneCall, found: readonly DoneCall[]): string {
  const values = Object.values(call.input).filter((value) => typeof value === 'string' || typeof value === 'number')
  const told = values.map((value) => {
    const maker = found.find(
      (one) => one !== call && rowsIn(one.output).some((row) => Object.values(row).includes(value)),
    )
    const by = Object.values(maker?.input ?? {}).find((one) => typeof one === 'string' && one !== value)
    return by === undefined ? String(value) : `${by} (${value})`
  })
  return told.length === 0 ? '' : ` for ${told.join(', ')}`
}
