/** The public face of every package: the names that its index files export, as one page. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string>>
}

/** Markdown with a heading for each import path and its names below, sorted. */
export function publicFace(packages: string, names: readonly string[]): string {
  const sections = names.flatMap((folder) => {
    const manifest: Manifest = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'))
    return Object.entries(manifest.exports).map(([path, file]) => {
      const exported = exportedNames(readFileSync(join(packages, folder, file), 'utf8'))
      return `## ${join(manifest.name, path)}\n\n${exported.map((name) => `- ${name}`).join('\n')}`
    })
  })
  return `# The public face\n\nEvery name that a package exports. A test compares this page with the code.\n\n${sections.join('\n\n')}\n`
}

/** The names in a module's export lists and declarations; types are marked. */
export function exportedNames(text: string): string[] {
  const bare = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
  const lists = [...bare.matchAll(/export\s+(type\s+)?\{([^}]*)\}/g)].flatMap(([, type, list = '']) =>
    list.split(',').flatMap((item) => {
      const words = item.trim().split(/\s+/)
      const name = words.at(-1)
      if (!name) return []
      return [type || words[0] === 'type' ? `${name} (type)` : name]
    }),
  )
  const declared = [
    ...bare.matchAll(
      /export\s+(?:declare\s+)?(?:async\s+)?(function\*?|class|const|interface|type)\s+([A-Za-z_$][\w$]*)/g,
    ),
  ].map(([, kind, name]) => (kind === 'interface' || kind === 'type' ? `${name} (type)` : `${name}`))
  const defaults = /export\s+default\b/.test(bare) ? ['default'] : []
  return [...new Set([...lists, ...declared, ...defaults])].sort()
}
