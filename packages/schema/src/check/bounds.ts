/** The keywords that narrow one text or number. */

import type { JsonSchema } from '../schema.ts'
import { matches } from './pattern.ts'

export type Say = (message: string) => void

export function checkString(json: JsonSchema, value: string, say: Say): void {
  const { pattern } = json
  if (typeof pattern === 'string' && matches(pattern, value) === false) say(`must match /${pattern.slice(0, 200)}/`)
  const { minLength, maxLength } = json
  if (typeof minLength !== 'number' && typeof maxLength !== 'number') return
  let length = 0
  for (const _ of value) length++
  if (typeof minLength === 'number' && length < minLength)
    say(`must have at least ${minLength} characters, has ${length}`)
  if (typeof maxLength === 'number' && length > maxLength)
    say(`must have at most ${maxLength} characters, has ${length}`)
}

export function checkNumber(json: JsonSchema, value: number, say: Say): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = json
  if (typeof minimum === 'number' && value < minimum) say(`must be at least ${minimum}, is ${value}`)
  if (typeof maximum === 'number' && value > maximum) say(`must be at most ${maximum}, is ${value}`)
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    say(`must be more than ${exclusiveMinimum}, is ${value}`)
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    say(`must be less than ${exclusiveMaximum}, is ${value}`)
  if (typeof multipleOf === 'number' && multipleOf > 0) {
    const quotient = value / multipleOf
    if (Math.abs(quotient - Math.round(quotient)) > 1e-9 * Math.max(1, Math.abs(quotient)))
      say(`must be a multiple of ${multipleOf}, is ${value}`)
  }
}
