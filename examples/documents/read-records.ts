/** The records of all documents of one kind. */

import { extractAll, type Model, RefusalError, type Usage } from 'pawl'
import type { Kind } from './kinds.ts'

/** A document with its text. */
export interface Document {
  readonly name: string
  readonly text: string
}

/** A document that gave no record, and why. */
export interface Failure {
  readonly name: string
  readonly error: unknown
}

export interface Records {
  /** rows for the CSV file: the name of the document, then the cells of its kind */
  readonly rows: readonly (readonly (string | number)[])[]
  readonly failures: readonly Failure[]
  readonly usage: Usage
}

/** Reads the documents at once, eight at a time; one that fails is told among the failures and stops no other. */
export async function readRecords(
  model: Model,
  kind: Kind,
  documents: readonly Document[],
  onProgress: (done: number, failed: number) => void,
): Promise<Records> {
  const rows: (string | number)[][] = []
  const failures: Failure[] = []
  const texts = documents.map(({ text }) => text)
  const results = extractAll(model, { schema: kind.schema, documents: texts, concurrency: 8, onProgress })
  for await (const result of results) {
    const name = documents[result.index]?.name ?? ''
    if ('error' in result) failures.push({ name, error: result.error })
    else rows.push([name, ...kind.row(result.value)])
  }
  return { rows, failures, usage: results.usage }
}

/** Why a document failed, in one line: a refusal in the model's own words. */
export function reasonOf({ error }: Failure): string {
  if (error instanceof RefusalError) return error.refusal
  return error instanceof Error ? error.message : String(error)
}
