/** A chart for the reader: the model gives the bars, the tool writes an SVG file. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tool } from 'pawl'
import { z } from 'zod'
import { barChart } from './bar-chart.ts'

/** @param folder where the charts go; made when it is missing */
export function plotTool(folder: string) {
  return tool({
    name: 'bar_chart',
    description: 'Draws a bar chart from a query result for the reader, and returns the name of its file.',
    parameters: z.object({
      title: z.string(),
      unit: z.string().describe('of the values, such as EUR; empty for a count'),
      bars: z
        .array(z.object({ label: z.string(), value: z.number() }))
        .min(1)
        .max(40),
    }),
    effect: 'idempotent',
    execute: ({ title, unit, bars }, { progress }) => {
      mkdirSync(folder, { recursive: true })
      const name = title
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '')
        .slice(0, 60)
      const file = join(folder, `${name || 'chart'}.svg`)
      writeFileSync(file, barChart(title, bars, unit))
      progress(`chart: ${file}`)
      return { file }
    },
  })
}
