import type { Slot } from '../fill/slot.ts'

/** Says which fields the text does not give. */
export function refuse(missing: readonly Slot[]): string {
  if (missing.length === 0) return 'The text gives nothing that fits the schema.'
  return `I could not find ${missing.map((slot) => slot.path.join('.')).join(', ')} in the text, and I do not make values up.`
}
