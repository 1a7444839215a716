import type { Reading } from '../language/reading.ts'

/** Where values come from. */
export interface Source {
  readonly reading: Reading
  /** The clause that is being served; the whole text for a document. */
  readonly focus: { readonly start: number; readonly end: number; readonly leaning: boolean }
  /** In a request one clause says what is meant; in a document a value needs a label or a shape of its own. */
  readonly type: 'request' | 'document'
  /** Stems that name the tools themselves, and so are not what is looked for. */
  readonly ignored: ReadonlySet<string>
}

/** A whole text as a document. */
export function documentSource(reading: Reading): Source {
  return {
    reading,
    focus: { start: 0, end: reading.text.length, leaning: false },
    type: 'document',
    ignored: new Set(),
  }
}
