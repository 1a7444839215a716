/** The API reference: every name that a package exports, with its declaration and what its doc comment says. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Declared, type Doc, exportsOf } from './declarations.ts'

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string>>
}

const kinds = [
  ['function', 'Functions'],
  ['constant', 'Constants'],
  ['class', 'Classes'],
  ['type', 'Types'],
] as const

/** @param packages the folder of the packages @param names its folders, in the order of the page */
export function apiPage(packages: string, names: readonly string[]): string {
  const sections = names.flatMap((folder) => {
    const manifest: Manifest = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'))
    return Object.entries(manifest.exports).flatMap(([path, file]) => {
      const declared = exportsOf(join(packages, folder, file))
      return declared.length === 0 ? [] : [section(join(manifest.name, path), declared)]
    })
  })
  const head =
    'Made from the doc comments of the sources; a test holds it against them, and `npx vitest run docs -u` makes it anew. `pawl` exports all of `@pawl/client`, `@pawl/schema`, `@pawl/tools`, `@pawl/structured` and `@pawl/agent`.'
  return `# API\n\n${head}\n\n${sections.join('\n\n')}\n`
}

function section(path: string, declared: readonly Declared[]): string {
  const parts = kinds.flatMap(([kind, title]) => {
    const members = declared.filter((each) => each.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1))
    return members.length === 0 ? [] : [`### ${title} of ${path}\n\n${members.map(entry).join('\n\n')}`]
  })
  return `## ${path}\n\n${parts.join('\n\n')}`
}

function entry({ name, doc, text }: Declared): string {
  return [`#### ${name}`, ...told(doc), `\`\`\`typescript\n${text}\n\`\`\``].join('\n\n')
}

function told({ text, tags }: Doc): readonly string[] {
  const lines = tags.map((tag) => `- ${titles[tag.name] ?? tag.name}: ${tag.text}`)
  return [...(text ? [text] : []), ...(lines.length > 0 ? [lines.join('\n')] : [])]
}

const titles: Readonly<Record<string, string>> = { throws: 'Throws', param: 'Parameter', returns: 'Returns' }
