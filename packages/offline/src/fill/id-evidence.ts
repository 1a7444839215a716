// What speaks for an id to belong to a slot: an example in the description, or letters that shorten the name of the thing.
import type { Fact } from '../language/facts.ts'
import type { Slot } from './slot.ts'

/** 3 for the example's or the pattern's form, 2 for a short form of the slot's thing, 1 of something around it; below 0 speaks against it. */
export function idEvidence(slot: Slot, fact: Fact): number {
  const text = String(fact.value)
  const example = examplePrefix(slot)
  const prefix = text.match(/^[A-Za-z]+(?=[-_\d])/)?.[0].toLowerCase()
  if (example !== undefined) return prefix === example ? 3 : -5
  if (slot.shape.type === 'string' && slot.shape.pattern) return 3
  if (slot.about.includes('iban')) return /^[A-Z]{2}\d{2}[A-Z\d]{8,}$/.test(text) ? 3 : -5
  if (prefix === undefined) return 0
  if (slot.own.some((one) => shortens(prefix, one))) return 2
  return [...slot.about, ...slot.around].some((one) => shortens(prefix, one)) ? 1 : -1
}

/** The letters of an id given as an example: "Such as ORD-1042". */
function examplePrefix({ shape }: Slot): string | undefined {
  return shape.description
    .match(/\b(?:such as|e\.g\.|for example|example:?|like)\s+["'`]?([A-Za-z]+)[-_]?\d/i)?.[1]
    ?.toLowerCase()
}

/** Whether the letters of `short` stand in `long` in this order, the first one first: "ord" in "order". */
function shortens(short: string, long: string): boolean {
  if (long.length < 3 || short[0] !== long[0] || short.length > long.length) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at += 1
  return at === short.length
}
