/** A library's issues in words that a model can act on. */

import { nearest } from './check/check.ts'
import type { Issue } from './issue.ts'
import { isRecord, type Shape, shapesAtOnce } from './shape.ts'

interface Raw {
  readonly message: string
  readonly path?: readonly unknown[] | undefined
}

/** @param value what the schema was given: after the rewriting was undone */
export function issuesOf(raw: readonly Raw[], value: unknown, shape: Shape): readonly Issue[] {
  return raw.flatMap((issue) => flat(issue, [])).map((issue) => worded(issue, value, shape))
}

/** Zod keeps the reasons of a failed union inside of its issue; the nearest alternative's are told. */
function flat(issue: Raw, base: readonly (string | number)[]): readonly Issue[] {
  const path = [...base, ...(issue.path ?? []).map(segment)]
  const { errors } = issue as { errors?: unknown }
  if (Array.isArray(errors) && errors.length > 0) {
    const inner = nearest(errors.map((branch: readonly Raw[]) => branch.flatMap((one) => flat(one, path))))
    if (inner.length > 0) return inner
  }
  return [{ message: issue.message, path }]
}

function segment(part: unknown): string | number {
  const key = isRecord(part) && 'key' in part ? part['key'] : part
  return typeof key === 'number' ? key : String(key)
}

function worded(issue: Issue, value: unknown, shape: Shape): Issue {
  const found = valueAt(value, issue.path)
  const expects = expectation(shape, issue.path)
  if (found === undefined && /received undefined/.test(issue.message)) {
    const expected = expects ?? /expected (.+?),/.exec(issue.message)?.[1]
    return { ...issue, message: expected === undefined ? 'is missing' : `is missing: expected ${expected}` }
  }
  if (expects === undefined || typeof found === 'object') return issue
  return { ...issue, message: `expected ${expects}, received ${JSON.stringify(found)?.slice(0, 100)}` }
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (place, key) =>
      typeof place === 'object' && place !== null && Object.hasOwn(place, key) ? Reflect.get(place, key) : undefined,
    value,
  )
}

/** What a coded value at this path looks like on the wire: the library would only say "expected date". */
function expectation(shape: Shape, path: readonly (string | number)[]): string | undefined {
  let here = shapesAtOnce([shape])
  for (const key of path) here = shapesAtOnce([...here].flatMap((one) => inner(one, key) ?? []))
  for (const one of here) if (one.kind === 'coded') return one.coding.expects
  return undefined
}

function inner(shape: Shape, key: string | number): Shape | undefined {
  switch (shape.kind) {
    case 'object':
      return shape.fields.find((field) => field.name === key)?.shape ?? shape.rest?.value
    case 'array':
    case 'set':
      return shape.item
    case 'tuple':
      return shape.items[Number(key)] ?? shape.rest
    case 'map':
      return shape.value
    default:
      return undefined
  }
}
