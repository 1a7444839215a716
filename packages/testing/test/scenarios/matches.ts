/** Holds a value against what a scenario expects of it. */

import type { Expected } from './scenario.ts'

/** One line for each difference; objects need only hold what is expected, lists must be as long. */
export function differences(actual: unknown, expected: Expected, path = 'it'): string[] {
  if (typeof expected === 'function') return expected(actual) ? [] : [`${path} is ${show(actual)}`]
  if (expected instanceof RegExp) {
    return typeof actual === 'string' && expected.test(actual)
      ? []
      : [`${path} is ${show(actual)}, not like ${expected}`]
  }
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(actual, expected) ? [] : [`${path} is ${show(actual)}, not ${show(expected)}`]
  }
  if (typeof actual !== 'object' || actual === null) return [`${path} is ${show(actual)}, not an object`]
  if (Array.isArray(expected) && (actual as unknown[]).length !== expected.length) {
    return [`${path} has ${(actual as unknown[]).length} items, not ${expected.length}: ${show(actual)}`]
  }
  return Object.entries(expected).flatMap(([key, value]) =>
    differences((actual as Record<string, unknown>)[key], value, `${path}.${key}`),
  )
}

function show(value: unknown): string {
  if (value instanceof Error) return `${value.constructor.name}: ${value.message}`
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
