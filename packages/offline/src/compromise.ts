// The door to compromise, opened only when a text has names to find.

import { portionsOf } from './language/portions.ts'

/** A name and where it stands. */
export interface Name {
  readonly text: string
  readonly start: number
}

/** People and places as compromise finds them; an address or an id is never one. */
export async function findNames(
  text: string,
): Promise<{ readonly people: readonly Name[]; readonly places: readonly Name[] }> {
  const { default: nlp } = await import('compromise')
  const read = portionsOf(text).map(({ text: portion, start }) => ({ start, view: nlp(portion) }))
  return {
    people: read.flatMap(({ start, view }) => named(view.people().json({ offset: true }), start)),
    places: read.flatMap(({ start, view }) => named(view.places().json({ offset: true }), start)),
  }
}

interface Found {
  readonly text: string
  readonly offset: { readonly start: number }
}

function named(found: readonly Found[], from: number): readonly Name[] {
  return found.map(({ text, offset }) => {
    const clean = text.replace(/['’]s$|[^\p{L}\p{N}]+$/gu, '')
    const lead = clean.match(/^[^\p{L}\p{N}]+/u)?.[0].length ?? 0
    return { text: clean.slice(lead), start: from + offset.start + lead }
  })
}
