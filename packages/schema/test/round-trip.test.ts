/** Q09: what a schema promises survives the wire. */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, type StandardSchemaV1, wireSchema } from '../src/index.ts'
import { casesOf } from './random/description.ts'
import { libraries } from './random/libraries.ts'

/** What the schema itself makes of a value. */
function parsed(schema: unknown, value: unknown): unknown {
  if (!((typeof schema === 'object' || typeof schema === 'function') && schema !== null && '~standard' in schema))
    return value
  const result = (schema as StandardSchemaV1)['~standard'].validate(value)
  if (result.issues !== undefined) throw new Error(`the generator made a wrong value: ${JSON.stringify(result.issues)}`)
  return result.value
}

describe.each(libraries)('any schema of $name', ({ abilities, build, tells, found = [] }) => {
  test.each([true, false])('gives back every value that went over the wire (strict: %s)', (strict) => {
    fc.assert(
      fc.property(casesOf(abilities), ({ description, value }) => {
        const schema = build(description)
        const wire = wireSchema(schema, { strict })
        const text = JSON.stringify(wire.encode(value))
        const decoded = wire.decode(parseJson(text))
        const expected = parsed(schema, value)
        if (decoded.ok && isDeepStrictEqual(decoded.value, expected)) return
        fc.pre(tells === undefined || tells(schema, value))
        expect({ json: wire.json, text, decoded }).toEqual({
          json: wire.json,
          text,
          decoded: { ok: true, value: expected },
        })
      }),
      { examples: found.map((one) => [one]) },
    )
  })
})
