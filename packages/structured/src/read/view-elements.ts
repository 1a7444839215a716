/** The elements of a list, each once, when it is complete and valid. */

import { JsonTextError, type PartialJson, partialJson, SchemaError, type WireSchema } from '@pawl/schema'
import { jsonBeginning } from './json-beginning.ts'
import type { View } from './view.ts'

/**
 * Holds back from the first element that is not valid by itself: the repaired answer goes on from there, and must
 * repeat what was handed out before. Elements that only the whole list can judge come when it is complete.
 * @throws SchemaError for a schema that is no list
 */
export function viewElements<E>(wire: WireSchema<unknown, any>): View<E> {
  const list = listJson(wire.json)
  if (list === undefined) throw noList()
  /** so many copies of an element satisfy the list's own bounds */
  const copies = typeof list['minItems'] === 'number' ? Math.max(1, list['minItems']) : 1
  const taken: unknown[] = []
  let partial = partialJson()
  let beginning = jsonBeginning()
  let next = 0
  let held = false

  function validElement(element: unknown): readonly E[] {
    const decoded = wire.decode({ value: Array.from({ length: copies }, () => element) })
    if (!decoded.ok) return []
    if (!Array.isArray(decoded.value)) throw noList()
    return [decoded.value[0] as E]
  }

  return {
    isLive: false,
    begin() {
      partial = partialJson()
      beginning = jsonBeginning()
      next = 0
      held = false
    },
    push(piece) {
      const json = held || partial.done ? '' : beginning(piece)
      if (json === '') return []
      try {
        partial.push(json)
      } catch (error) {
        if (!(error instanceof JsonTextError)) throw error
        held = true
      }
      const shown: E[] = []
      while (!held && isComplete(partial, next)) {
        const element = elementsOf(partial.value)?.[next]
        if (next < taken.length) {
          held = !isSame(taken[next], element)
        } else {
          const valid = validElement(element)
          held = valid.length === 0
          if (!held) taken.push(element)
          shown.push(...valid)
        }
        next++
      }
      return shown
    },
    settle({ json, value }) {
      const elements = elementsOf(json) ?? []
      const changed = taken.findIndex((element, at) => !isSame(element, elements[at]))
      if (changed >= 0) {
        const message = 'was right before and is in use already: repeat every right element unchanged and in its place'
        return { ok: false, issues: [{ path: [changed], message }] }
      }
      const rest: readonly E[] = Array.isArray(value) ? value.slice(taken.length) : []
      taken.push(...elements.slice(taken.length))
      return { ok: true, rest }
    },
    closed: ([at, ...path]) => typeof at === 'number' && partial.closed([...placeOf(partial.value), at, ...path]),
  }
}

function noList(): SchemaError {
  return new SchemaError([], 'elements: true needs a list', 'z.array(…) as the schema')
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The list stands in the envelope, where a server keeps to the schema. */
function elementsOf(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json
  if (typeof json !== 'object' || json === null || !('value' in json)) return undefined
  return Array.isArray(json.value) ? json.value : undefined
}

function placeOf(json: unknown): readonly string[] {
  return Array.isArray(json) ? [] : ['value']
}

function isComplete(partial: PartialJson, at: number): boolean {
  const elements = elementsOf(partial.value)
  return elements !== undefined && at < elements.length && partial.closed([...placeOf(partial.value), at])
}

function listJson(json: WireSchema<unknown>['json']): WireSchema<unknown>['json'] | undefined {
  const { value, ...others } = json.properties ?? {}
  return value?.type === 'array' && Object.keys(others).length === 0 ? value : undefined
}
