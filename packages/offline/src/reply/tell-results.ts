// Sentences about tool results. Every value stands as the tool gave it; only counts and sums are made here.

import { type DoneCall, isListing, rowsIn } from '../plan/done-call.ts'
import { asObject, type JsonObject } from '../wire/json-object.ts'
import { tellRows } from './tell-rows.ts'

/** Tells what `calls` brought, in view of what was asked. `found` are all calls of the turn: the arguments may come from them. */
export function tellResults(question: string, calls: readonly DoneCall[], found: readonly DoneCall[]): string {
  return calls.map((call) => tellCall(question, call, found)).join('\n')
}

function tellCall(question: string, call: DoneCall, found: readonly DoneCall[]): string {
  const subject = subjectOf(call, found)
  const about = `${titleOf(call.name)}${subject && ` ${subject}`}`
  if (call.empty) return tellEmpty(call, about)
  if (isListing(call.output)) return tellRows(question, call, subject && ` for ${subject}`)
  const object = asObject(call.output)
  if (object) return `${about}: ${tellObject(object, call.input)}.`
  return `${about}: ${typeof call.output === 'string' ? call.output : JSON.stringify(call.output)}`
}

/** "product stock" of `product_stock`, "order" of `get_order`: what was called, without the words for looking up. */
function titleOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]/)
  return (words.length > 1 && /^(?:get|find|fetch|read|lookup)$/.test(words[0] ?? '') ? words.slice(1) : words).join(
    ' ',
  )
}

function tellEmpty({ output }: DoneCall, about: string): string {
  const said = typeof output === 'string' ? output : asObject(output)?.['error']
  return typeof said === 'string' && said !== '' ? `${about}: ${said}` : `${about}: nothing found.`
}

/** `key value` pairs without those that were asked with; a value inside a value is told as JSON. */
function tellObject(object: JsonObject, input: JsonObject): string {
  const asked = new Set(Object.values(input))
  const held = Object.entries(object).filter(([, value]) => value !== null && value !== '')
  const told = held.filter(
    ([key, value]) => !asked.has(value) || !(Object.hasOwn(input, key) || /\d/.test(String(value))),
  )
  return (told.length > 0 ? told : held)
    .map(([key, value]) => `${key.replaceAll('_', ' ')} ${tellValue(value)}`)
    .join(', ')
}

function tellValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** "Lena Fischer (C-017)": the arguments, with the words that an id was found by. */
function subjectOf(call: DoneCall, found: readonly DoneCall[]): string {
  const values = Object.values(call.input).filter((value) => typeof value === 'string' || typeof value === 'number')
  // Only what was found before, and by words: an order's sku is no reason to call the product by the order.
  const before = found.slice(0, Math.max(0, found.indexOf(call)))
  const told = values.map((value) => {
    const holds = (one: DoneCall) => rowsIn(one.output).some((row) => Object.values(row).includes(value))
    const maker = before.find((one) => Object.values(one.input).some(isWords) && holds(one))
    const by = Object.values(maker?.input ?? {}).find((one) => isWords(one) && one !== value)
    return by === undefined ? String(value) : `${by} (${value})`
  })
  return told.join(', ')
}

function isWords(value: unknown): boolean {
  return typeof value === 'string' && /\p{L}/u.test(value) && !/\d/.test(value)
}
