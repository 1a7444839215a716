/** What is wrong with a value, said so that a model can mend it. */

export interface Issue {
  readonly message: string
  /** in the user's schema, without the envelope and the pairs of the wire */
  readonly path: readonly (string | number)[]
}

/** A value of the schema, or every reason why it is none. `frozen`: at every depth, and nobody need do it again. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T; readonly frozen?: boolean }
  | { readonly ok: false; readonly issues: readonly Issue[] }

export type Path = readonly (string | number)[]

/** `items[2].price`; the whole value is called `(root)`. */
export function pathText(path: Path): string {
  if (path.length === 0) return '(root)'
  if (path.length > 40) return `${pathText(path.slice(0, 40))}…`
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('')
}
