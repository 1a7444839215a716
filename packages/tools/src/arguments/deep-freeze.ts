/** Freezes plain data at every depth; dates, maps and other objects with a life of their own are left as they are. */
export function deepFreeze<T>(value: T): T {
  const open: unknown[] = [value]
  for (const next of open) {
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue
    const prototype: unknown = Object.getPrototypeOf(next)
    // What is inside is gathered first: a frozen object is slower to walk.
    if (prototype === Array.prototype) gather(next as readonly unknown[], open)
    else if (prototype === Object.prototype || prototype === null) gatherFields(next as Record<string, unknown>, open)
    else continue
    Object.freeze(next)
  }
  return value
}

function gather(items: readonly unknown[], open: unknown[]): void {
  for (const item of items) if (typeof item === 'object') open.push(item)
}

function gatherFields(object: Readonly<Record<string, unknown>>, open: unknown[]): void {
  for (const key in object) {
    const field = object[key]
    if (typeof field === 'object') open.push(field)
  }
}
