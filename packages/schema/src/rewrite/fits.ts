/** Which option of a union a value of the user's schema belongs to: by its form, not by its bounds. */

import { isOptional, isRecord, type Shape } from '../shape.ts'

/** @param exact whether keys that a closed object does not know make it a misfit */
export function fits(shape: Shape, value: unknown, exact: boolean): boolean {
  switch (shape.kind) {
    case 'anything':
      return isJson(value)
    case 'never':
      return false
    case 'absent':
      return value === undefined
    case 'scalar':
      return shape.type === 'integer' ? Number.isInteger(value) : typeof value === shape.type && !Number.isNaN(value)
    case 'literals':
      return shape.values.some((one) => one === value)
    case 'object':
      return isPlain(value) && fitsObject(shape, value, exact)
    case 'array':
      return Array.isArray(value) && value.every((one) => fits(shape.item, one, exact))
    case 'tuple':
      return Array.isArray(value) && fitsTuple(shape, value, exact)
    case 'map':
      return (
        value instanceof Map &&
        [...value].every(([key, one]) => fits(shape.key, key, exact) && fits(shape.value, one, exact))
      )
    case 'set':
      return value instanceof Set && [...value].every((one) => fits(shape.item, one, exact))
    case 'union':
      return shape.options.some((option) => fits(option, value, exact))
    case 'both':
      return fits(shape.left, value, false) && fits(shape.right, value, false)
    case 'coded':
      return shape.coding.is(value)
    case 'reference':
      return fits(shape.target(), value, exact)
  }
}

function fitsObject(shape: Shape & { kind: 'object' }, value: Record<string, unknown>, exact: boolean): boolean {
  for (const field of shape.fields) {
    const own = Object.hasOwn(value, field.name) ? value[field.name] : undefined
    if (own === undefined ? !isOptional(field.shape) : !fits(field.shape, own, exact)) return false
  }
  const names = new Set(shape.fields.map((field) => field.name))
  const others = Object.keys(value).filter((key) => !names.has(key))
  const { rest } = shape
  return rest === undefined ? !exact || others.length === 0 : others.every((key) => fits(rest.value, value[key], exact))
}

function fitsTuple(shape: Shape & { kind: 'tuple' }, value: readonly unknown[], exact: boolean): boolean {
  if (shape.rest === undefined && value.length > shape.items.length) return false
  const { rest } = shape
  return (
    shape.items.every((item, at) => (at < value.length ? fits(item, value[at], exact) : isOptional(item))) &&
    value.slice(shape.items.length).every((one) => rest !== undefined && fits(rest, one, exact))
  )
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return Array.isArray(value) ? value.every(isJson) : isPlain(value) && Object.values(value).every(isJson)
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false
  return !(value instanceof Map || value instanceof Set || value instanceof Date || value instanceof URL)
}
