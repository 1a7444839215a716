/** A mark on JSON Schema made by a converter of ours: the value at this place is one that JSON cannot hold. */

import { bigint, bigintLiterals, date, notANumber } from '../rewrite/codings.ts'
import type { JsonSchema } from '../schema.ts'
import { absent, type Shape } from '../shape.ts'

export const valueMark = 'x-pawl-value'

/** `map` and `set` keep the form in which JSON Schema shows them: an array of pairs, and an array. */
export type MarkedValue = 'date' | 'bigint' | 'nan' | 'absent' | 'map' | 'set'

/** The shape of a marked leaf; containers are read by their items. */
export function markedShape(json: JsonSchema): Shape | undefined {
  switch (json[valueMark]) {
    case 'date':
      return { kind: 'coded', coding: date }
    case 'bigint':
      return { kind: 'coded', coding: typeof json['const'] === 'bigint' ? bigintLiterals([json['const']]) : bigint }
    case 'nan':
      return { kind: 'coded', coding: notANumber }
    case 'absent':
      return absent
    default:
      return undefined
  }
}
