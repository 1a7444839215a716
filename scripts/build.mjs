// Builds one package into its dist: a module for each export path, so that an import opens one file instead of fifty,
// and the declarations beside them. Where a path has files for several conditions, each gets what the package imports
// from itself by `#` as its condition resolves it. Run in the package's folder.

import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { build } from 'esbuild'

// To Node a package of CommonJS costs several milliseconds of an import: the build for it has this one inside.
const inside = 'eventemitter3'
const alias = { [inside]: `./node_modules/${inside}/dist/${inside}.esm.js` }

const {
  exports,
  publishConfig,
  dependencies = {},
  peerDependencies = {},
} = JSON.parse(readFileSync('package.json', 'utf8'))
const packages = Object.keys({ ...dependencies, ...peerDependencies })

rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--emitDeclarationOnly'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
for (const [condition, files] of filesByCondition()) {
  const forNode = condition === 'node'
  await build({
    entryPoints: files,
    conditions: [condition],
    external: ['node:*', ...packages.filter((name) => !forNode || name !== inside)],
    alias: forNode ? alias : {},
    plugins: [apart(files)],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2023',
    // Nothing is minified: who debugs a program of theirs reads ours, with its comments.
    logLevel: 'warning',
  })
  if (forNode) copyFileSync(`node_modules/${inside}/LICENSE`, `dist/node/${inside}.LICENSE`)
}

/** An entry that imports another, beside it in dist, finds it there: what both need would be one more file of each import. */
function apart(entries) {
  return {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
        const entry = entries.find((each) => resolve(each.in) === resolve(resolveDir, path))
        return entry && kind !== 'entry-point' ? { path: `./${basename(entry.out)}.js`, external: true } : undefined
      })
    },
  }
}

/** Condition -> `{ in: 'src/a.ts', out: 'a' }` of each file that no condition before it has. */
function filesByCondition() {
  const found = new Map()
  const seen = new Set()
  for (const [path, { types, ...targets }] of Object.entries(publishConfig.exports))
    for (const [condition, target] of Object.entries(targets)) {
      if (seen.has(target)) continue
      seen.add(target)
      const file = { in: exports[path], out: target.slice('./dist/'.length, -'.js'.length) }
      found.set(condition, [...(found.get(condition) ?? []), file])
    }
  return found
}
