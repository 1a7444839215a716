/** Reads the imports of a package's sources and holds them against the house: who may import whom, and through which file. */

import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

/** What a package may import: packages of ours, and each package from outside through the one file named as its door. */
export interface Room {
  readonly ours: readonly string[]
  readonly doors: Readonly<Record<string, string>>
  /** More than its `src/index.ts` that others may import: export path to source file. */
  readonly faces?: Readonly<Record<string, string>>
}

export interface Import {
  /** The importing file, relative to the package's `src`. */
  readonly file: string
  readonly specifier: string
}

const statement = /(?:^|\n)\s*(?:import|export)\s(?:[^'"();]*?\sfrom\s*)?['"]([^'"]+)['"]/g
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
const builtin = /\bgetBuiltinModule\(\s*['"](?:node:)?([^'"]+)['"]\s*\)/g

/** Every import of every source file below `src`, types included. */
export function importsOf(src: string): Import[] {
  return sourcesOf(src).flatMap((path) => {
    const file = relative(src, path)
    const text = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
    const found = [...text.matchAll(statement), ...text.matchAll(dynamic)].map(([, specifier = '']) => ({
      file,
      specifier,
    }))
    const doors = [...text.matchAll(builtin)].map(([, name = '']) => ({ file, specifier: `node:${name}` }))
    return [...found, ...doors]
  })
}

export function sourcesOf(src: string): string[] {
  return readdirSync(src, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** What each import breaks, as one line each; empty when all of them keep to the house. */
export function violations(room: Room, imports: readonly Import[]): string[] {
  return imports.flatMap(({ file, specifier }) => {
    const problem = problemOf(room, file, specifier)
    return problem ? [`${file} imports ${specifier}: ${problem}`] : []
  })
}

function problemOf(room: Room, file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return undefined
  if (specifier.startsWith('.')) return climbsOut(file, specifier) ? 'reaches out of its package' : undefined
  const name = packageOf(specifier)
  if (name === 'pawl' || name.startsWith('@pawl/')) {
    if (!room.ours.includes(name)) return 'climbs the stairs'
    return specifier === name ? undefined : 'reaches past an index'
  }
  const bare = name.replace(/^node:/, '')
  const outside = builtinModules.includes(bare) || name.startsWith('node:') ? `node:${bare}` : name
  const door = room.doors[outside]
  if (door === undefined) return 'is not in the import table'
  return door === file ? undefined : `may enter only through ${door}`
}

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

function climbsOut(file: string, specifier: string): boolean {
  return relative('/src', resolve('/src', dirname(file), specifier)).startsWith('..')
}

/** Circles of relative imports, each as `a -> b -> a`. */
export function circles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { file, specifier } of imports) {
    if (!specifier.startsWith('.')) continue
    const target = relative('/src', resolve('/src', dirname(file), specifier))
    targets.set(file, [...(targets.get(file) ?? []), target])
  }
  const finished = new Set<string>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      return
    }
    if (finished.has(file)) return
    for (const target of targets.get(file) ?? []) visit(target, [...path, file])
    finished.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return found
}
