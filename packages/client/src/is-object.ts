/** Whether there is anything to look into: an object or a list, and not null. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
