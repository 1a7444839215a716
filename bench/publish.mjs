// Puts the figures of a run of everything where they are read: docs/bench.md, docs/bench.svg, and the table of the README.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart } from './chart.mjs'

const headline = [
  'plain-seq',
  'plain-64',
  'text-2000',
  'snapshot-2000',
  'object-100',
  'loop-10',
  'loop-200',
  'loop-10x8',
  'sloop-10',
  'runs-1000',
]
const ours = new Set(['limit', 'pawl', 'raw-fetch'])

export function publish(root, operations, rows, text) {
  writeFileSync(join(root, 'docs', 'bench.svg'), chart(operations, rows))
  const date = new Date().toISOString().slice(0, 10)
  fill(
    join(root, 'docs', 'bench.md'),
    `Measured on ${date}.\n\n![Ratios to a hand-written program](bench.svg)\n\n${text}`,
  )
  fill(
    join(root, 'README.md'),
    `${short(operations, rows)}\n\nCPU time (the last row: wall time) as ratios to a hand-written program on undici, measured on ${date}. All figures, versions and losses: [docs/bench.md](docs/bench.md).`,
  )
}

function short(operations, rows) {
  const lines = headline.flatMap((name) => {
    const operation = operations.find((each) => each.name === name)
    const own = rows.filter((row) => row.operation === name && row.ratio)
    const pawl = own.find(({ adapter }) => adapter === 'pawl')
    const [best] = own.filter(({ adapter }) => !ours.has(adapter)).toSorted((a, b) => a.ratio - b.ratio)
    if (!operation || !pawl) return []
    return [
      `| ${operation.what} | ${pawl.ratio.toFixed(2)}x | ${best ? `${best.ratio.toFixed(2)}x (${best.adapter})` : ''} | ${operation.owed ? `${operation.owed}x` : ''} |`,
    ]
  })
  return ['| | Pawl | best other framework | Pawl’s own target |', '|---|--:|--:|--:|', ...lines].join('\n')
}

/** Replaces what stands between `<!-- bench -->` and `<!-- /bench -->`. */
function fill(file, text) {
  const before = readFileSync(file, 'utf8')
  const after = before.replace(
    /(<!-- bench -->)[\s\S]*(<!-- \/bench -->)/,
    (_, open, close) => `${open}\n\n${text}\n\n${close}`,
  )
  writeFileSync(file, after)
}
