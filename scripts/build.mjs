// Builds one package into its dist: a module for each export path, so that an import opens one file instead of fifty,
// and the declarations beside them. What a package imports from itself by `#` is left to whoever resolves it, and is a
// module for each of its conditions. Run in the package's folder.

import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const { exports, imports = {} } = JSON.parse(readFileSync('package.json', 'utf8'))

rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--emitDeclarationOnly'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
await build({
  entryPoints: [...Object.values(exports), ...Object.values(imports).flatMap(Object.values)],
  external: Object.keys(imports),
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  target: 'es2023',
  // Nothing is minified: who debugs a program of theirs reads ours, with its comments.
  logLevel: 'warning',
})
