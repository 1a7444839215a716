/** What a reader of JSON text tells. */

/** Told in the order of the text. */
export interface JsonListener {
  /** a value begins; what it is, is told next or when it is complete */
  begin(): void
  open(list: boolean): void
  close(): void
  /** the likely next key, or an empty text */
  expectedKey(): string
  /** @returns what is wrong with this key */
  key(name: string): string | undefined
  /** a number, literal or complete string */
  value(value: string | number | boolean | null): void
  /** a string that is not complete at the end of this piece */
  text(prefix: string): void
}
