/** Q10: the wire's schema is exact. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { strictProblems, wireSchema } from '../src/index.ts'
import { isRecord } from '../src/shape.ts'
import { compiled } from './ajv.ts'
import { casesOf } from './random/description.ts'
import { libraries } from './random/libraries.ts'

describe.each(libraries)('any schema of $name', ({ abilities, build, tells, found = [] }) => {
  test('is described so that a strict server accepts the schema, and a validator each value and no mutated one', () => {
    fc.assert(
      fc.property(casesOf(abilities), fc.nat(), ({ description, value }, choice) => {
        const schema = build(description)
        const wire = wireSchema(schema)
        expect(strictProblems(wire.json)).toEqual([])
        const validate = compiled(wire.json)
        const text = JSON.stringify(wire.encode(value))
        if (!validate(JSON.parse(text))) {
          fc.pre(tells === undefined || tells(schema, value))
          expect({ json: wire.json, text, errors: validate.errors }).toEqual('accepted')
        }
        const mutated = mutate(JSON.parse(text), choice)
        if (validate(mutated)) expect({ json: wire.json, text, mutated }).toEqual('refused')
      }),
      { examples: found.map((one) => [one, 0]) },
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
