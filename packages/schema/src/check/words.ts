/** Types and values in the words of an issue. */

export function typeText(type: string | readonly string[]): string {
  return typeof type === 'string' ? type : type.join(' or ')
}

export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `${typeof value} ${JSON.stringify(value)?.slice(0, 60)}`
}

export function listText(values: readonly unknown[]): string {
  const shown = values
    .slice(0, 20)
    .map((value) => JSON.stringify(value))
    .join(', ')
  return values.length > 20 ? `${shown} and ${values.length - 20} more` : shown
}
