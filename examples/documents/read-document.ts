/** Documents as text: a text file as it is, a PDF page by page. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { extractText } from 'unpdf'
import { UsageError } from '../app/command.ts'

/** The documents of a folder in the order of their names. @throws UsageError where there is none */
export async function listDocuments(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => {
    throw new UsageError(`The folder ${folder} cannot be read.`)
  })
  const documents = names.filter((name) => /\.(txt|pdf)$/i.test(name)).sort()
  if (documents.length === 0) throw new UsageError(`The folder ${folder} holds no .txt and no .pdf file.`)
  return documents
}

/** @throws where a PDF cannot be read, or holds pictures only */
export async function readDocument(folder: string, name: string): Promise<string> {
  const bytes = await readFile(join(folder, name))
  if (!/\.pdf$/i.test(name)) return bytes.toString('utf8')
  const { text } = await extractText(new Uint8Array(bytes))
  const pages = text.join('\n')
  if (pages.trim() === '') throw new Error('the PDF holds no text')
  return pages
}
