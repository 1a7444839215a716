/** A parsed JSON object, before anybody has looked at its fields. */
export type JsonObject = { readonly [key: string]: unknown }

/** `value` when it is a JSON object (no list, no null). */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

/** The own field `key`: names come from the wire, so that `toString` or `__proto__` must find nothing. */
export function field(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined
}
