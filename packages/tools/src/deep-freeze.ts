/** Freezes plain data at every depth; dates, maps and other objects with a life of their own are left as they are. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) freeze(value)
  return value
}

function freeze(value: object): void {
  if (Object.isFrozen(value)) return
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return
  Object.freeze(value)
  for (const key of Object.keys(value)) deepFreeze(Reflect.get(value, key))
}
