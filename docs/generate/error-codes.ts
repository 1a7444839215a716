/** The error codes that stand in the code, with their classes and what these say of themselves. */

import { globSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript6'
import { classesOf, docOf, parse } from './declarations.ts'

export interface ErrorCode {
  readonly code: string
  readonly className: string
  readonly package: string
  /** the class's doc comment */
  readonly cause: string
  /** fields beside those of every error, with their types */
  readonly fields: readonly string[]
  /** a field with a literal union that says more, and its values: `phase`: connect, headers … */
  readonly reasons: { readonly field: string; readonly values: readonly string[] } | undefined
}

/** Every literal `code` of a class below `packages`, sorted. A class whose code is a union has one entry for each. */
export function errorCodes(packages: string): readonly ErrorCode[] {
  const files = globSync('*/src/**/*error*.ts', { cwd: packages }).sort()
  const found = files.flatMap((file) => {
    const path = join(packages, file)
    const unions = unionsOf(path)
    return classesOf(path).flatMap((node) => codesOf(node, `@pawl/${file.split('/')[0]}`, unions))
  })
  return found.sort((a, b) => (a.code < b.code ? -1 : 1))
}

function codesOf(
  node: ts.ClassDeclaration,
  from: string,
  unions: ReadonlyMap<string, readonly string[]>,
): readonly ErrorCode[] {
  const properties = node.members.filter(ts.isPropertyDeclaration)
  const code = properties.find(({ name }) => name.getText() === 'code')
  const className = node.name?.text ?? ''
  if (!code || className === 'ExtractionError') return []
  const own = properties.filter(({ name }) => !ts.isPrivateIdentifier(name) && !shared.has(name.getText()))
  const reason = own.find(({ type }) => type && unions.has(type.getText()))
  const codes =
    code.initializer && ts.isStringLiteral(code.initializer)
      ? [code.initializer.text]
      : (unions.get(code.type?.getText() ?? '') ?? [])
  return codes.map((each) => ({
    code: each,
    className,
    package: from,
    cause: docOf(node).text,
    fields: own.map(({ name, type }) => `${name.getText()}${type ? `: ${type.getText()}` : ''}`),
    reasons: reason && { field: reason.name.getText(), values: unions.get(reason.type?.getText() ?? '') ?? [] },
  }))
}

const shared = new Set([
  'code',
  'name',
  'retryable',
  'attempts',
  'requestId',
  'retryAfter',
  'partial',
  'usage',
  'runId',
])

/** The types of a file that are unions of texts. */
function unionsOf(file: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    parse(file)
      .statements.filter(ts.isTypeAliasDeclaration)
      .flatMap(({ name, type }) => {
        if (!ts.isUnionTypeNode(type)) return []
        const texts = type.types.flatMap((each) =>
          ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal) ? [each.literal.text] : [],
        )
        return texts.length === type.types.length ? [[name.text, texts] as const] : []
      }),
  )
}
