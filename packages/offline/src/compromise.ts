// The door to compromise, opened only when a text has names to find.

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
  const read = nlp(text)
  return { people: named(read.people().json({ offset: true })), places: named(read.places().json({ offset: true })) }
}

interface Found {
  readonly text: string
  readonly offset: { readonly start: number }
}

function named(found: readonly Found[]): readonly Name[] {
  return found.map(({ text, offset }) => {
    const clean = text.replace(/['’]s$|[^\p{L}\p{N}]+$/gu, '')
    const lead = clean.match(/^[^\p{L}\p{N}]+/u)?.[0].length ?? 0
    return { text: clean.slice(lead), start: offset.start + lead }
  })
}
