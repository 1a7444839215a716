/** Q09 and Q10: what a schema promises survives the wire, and the wire's schema is exact. */

import { isDeepStrictEqual } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, type StandardSchemaV1, strictProblems, wireSchema } from '../src/index.ts'
import { isRecord } from '../src/shape.ts'
import { type Case, descriptions, valuesOf } from './random/description.ts'
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
  const cases = descriptions(abilities).chain(
    (description): fc.Arbitrary<Case> =>
      fc.record({ description: fc.constant(description), value: valuesOf(description) }),
  )

  test.each([true, false])('gives back every value that went over the wire (strict: %s)', (strict) => {
    fc.assert(
      fc.property(cases, ({ description, value }) => {
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

  test('is described so that a strict server accepts the schema, and a validator each value and no mutated one', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    fc.assert(
      fc.property(cases, fc.nat(), ({ description, value }, choice) => {
        const wire = wireSchema(build(description))
        expect(strictProblems(wire.json)).toEqual([])
        const validate = ajv.compile(wire.json)
        const text = JSON.stringify(wire.encode(value))
        if (!validate(JSON.parse(text))) expect({ json: wire.json, text, errors: validate.errors }).toEqual('accepted')
        const mutated = mutate(JSON.parse(text), choice)
        if (validate(mutated)) expect({ json: wire.json, text, mutated }).toEqual('refused')
        ajv.removeSchema()
      }),
      // compiling with ajv takes most of the time
      { numRuns: (fc.readConfigureGlobal().numRuns ?? 1000) / 5 },
    )
  })
})

/** Every object on the strict wire is closed and complete: one key more or one key less is always wrong. */
function mutate(root: unknown, choice: number): unknown {
  const objects: Record<string, unknown>[] = []
  const collect = (value: unknown): void => {
    if (isRecord(value)) objects.push(value)
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  collect(root)
  const target = objects[choice % objects.length]
  const keys = Object.keys(target ?? {})
  const removed = keys[choice % keys.length]
  if (target !== undefined && removed !== undefined && choice % 2 === 0) delete target[removed]
  else if (target !== undefined) target['unheard of'] = 1
  return root
}
