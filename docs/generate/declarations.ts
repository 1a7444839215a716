/** What a module exports, read from its source: the names, what they are, and what their doc comments say. */

import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import ts from 'typescript6'

export interface Declared {
  readonly name: string
  readonly kind: 'function' | 'class' | 'constant' | 'type'
  readonly doc: Doc
  /** as it would stand in a declaration file; overloads on lines of their own */
  readonly text: string
}

export interface Doc {
  readonly text: string
  /** `@throws`, `@returns`, `@param`: what stands behind them, in their order */
  readonly tags: readonly { readonly name: string; readonly text: string }[]
}

/** Everything that an index file exports, also through other files. */
export function exportsOf(file: string): readonly Declared[] {
  const found = new Map<string, Declared>()
  for (const statement of parse(file).statements) {
    if (
      ts.isExportDeclaration(statement) &&
      statement.moduleSpecifier &&
      ts.isStringLiteral(statement.moduleSpecifier)
    ) {
      if (!statement.moduleSpecifier.text.startsWith('.') || !statement.exportClause) continue
      const target = join(dirname(file), statement.moduleSpecifier.text)
      if (!ts.isNamedExports(statement.exportClause)) continue
      for (const { name, propertyName } of statement.exportClause.elements) {
        const inner = (propertyName ?? name).text
        const declared = declarationOf(target, inner)
        if (declared) found.set(name.text, { ...declared, name: name.text })
      }
    }
  }
  for (const declared of declaredIn(parse(file))) found.set(declared.name, declared)
  return [...found.values()]
}

/** Every class of a file with what its fields say, also those that are not exported by an index. */
export function classesOf(file: string): readonly ts.ClassDeclaration[] {
  return parse(file).statements.filter(ts.isClassDeclaration)
}

export function docOf(node: ts.Node): Doc {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  const comment = comments.at(-1)
  const text = plain(ts.getTextOfJSDocComment(comment?.comment))
  const tags = (comment?.tags ?? []).map((tag) => ({
    name: tag.tagName.text,
    text: plain(
      tag
        .getText()
        .replace(/^@\w+\s*/, '')
        .replaceAll(/^\s*\* ?/gm, ''),
    ),
  }))
  return { text, tags }
}

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
}

function declarationOf(file: string, name: string): Declared | undefined {
  return (
    declaredIn(parse(file)).find((each) => each.name === name) ?? exportsOf(file).find((each) => each.name === name)
  )
}

function declaredIn(source: ts.SourceFile): readonly Declared[] {
  const found = new Map<string, Declared>()
  for (const statement of source.statements) {
    if (!ts.canHaveModifiers(statement)) continue
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue
    const doc = docOf(statement)
    if (ts.isFunctionDeclaration(statement) && statement.name) {
      const { text: name } = statement.name
      const before = found.get(name)
      // The last of several is the one with the body; it is no overload.
      if (before && statement.body) continue
      const text = head(statement, statement.body)
      found.set(name, before ? { ...before, text: `${before.text}\n${text}` } : { name, kind: 'function', doc, text })
    } else if (ts.isClassDeclaration(statement) && statement.name) {
      found.set(statement.name.text, { name: statement.name.text, kind: 'class', doc, text: classText(statement) })
    } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      found.set(statement.name.text, { name: statement.name.text, kind: 'type', doc, text: head(statement) })
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        if (!ts.isIdentifier(declaration.name)) continue
        const { name, type, initializer } = declaration
        const text = `const ${name.text}${type ? `: ${type.getText()}` : initializer ? ` = ${shortened(initializer)}` : ''}`
        found.set(name.text, { name: name.text, kind: 'constant', doc, text })
      }
    }
  }
  return [...found.values()].map((each) => (each.doc.text ? each : { ...each, doc: withHeader(each, source) }))
}

/** What a file says of itself at its top also holds for the symbol that it is named after. */
function withHeader({ name, doc }: Declared, source: ts.SourceFile): Doc {
  const [, header] = /^\/\*\*([\s\S]*?)\*\/\s*(?=import|export (?:type )?\{|\n)/.exec(source.text) ?? []
  const file = basename(source.fileName, '.ts').replaceAll('-', '')
  if (header === undefined || !name.toLowerCase().endsWith(file)) return doc
  return { ...doc, text: plain(header.replaceAll(/^\s*\* ?/gm, '')) }
}

/** A declaration without `export`, its doc comment, and its body. */
function head(node: ts.Node, body?: ts.Node): string {
  const text = node.getSourceFile().text.slice(node.getStart(), body ? body.getStart() : node.getEnd())
  return text.replace(/^export\s+(default\s+)?/, '').trim()
}

function classText(node: ts.ClassDeclaration): string {
  const members = node.members.flatMap((member) => {
    if (member.name && ts.isPrivateIdentifier(member.name)) return []
    if (ts.isClassStaticBlockDeclaration(member)) return []
    const body = 'body' in member ? (member.body as ts.Node | undefined) : undefined
    return [`  ${head(member, body).replaceAll(/^declare /g, '')}`]
  })
  const extended = node.heritageClauses?.map((clause) => ` ${clause.getText()}`).join('') ?? ''
  return `class ${node.name?.text}${extended} {\n${members.join('\n')}\n}`
}

function shortened(node: ts.Node): string {
  const text = node.getText()
  return text.includes('\n') || text.length > 80 ? '…' : text
}

/** One paragraph: lines of a comment are broken for the eye only. A line that begins a list stays. */
function plain(text = ''): string {
  return text
    .replaceAll(/\{@link\s+([^}]+)\}/g, '$1')
    .replaceAll(/\n(?!\n|[-*] |\s*```)/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}
