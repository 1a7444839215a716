/** A bar chart as SVG. Pure: the same bars always give the same text. */

export interface Bar {
  readonly label: string
  readonly value: number
}

const [width, left, right, rowHeight, top] = [720, 190, 90, 28, 56]

/** Horizontal bars from a common zero line, each with its label and value. */
export function barChart(title: string, bars: readonly Bar[], unit = ''): string {
  const lowest = Math.min(0, ...bars.map(({ value }) => value))
  const highest = Math.max(0, ...bars.map(({ value }) => value))
  const scale = (width - left - right) / (highest - lowest || 1)
  const x = (value: number) => rounded(left + (value - lowest) * scale)
  const height = top + bars.length * rowHeight + 20
  const rows = bars.map(({ label, value }, index) => {
    const y = top + index * rowHeight
    const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))]
    return [
      `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
      `<rect x="${from}" y="${y}" width="${rounded(to - from)}" height="20" fill="#3d6b8f"/>`,
      `<text x="${to + 6}" y="${y + 15}">${escaped(`${value.toLocaleString('en')} ${unit}`.trim())}</text>`,
    ].join('')
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="20" y="30" font-size="17" font-weight="bold">${escaped(title)}</text>`,
    ...rows,
    `<line x1="${x(0)}" y1="${top - 6}" x2="${x(0)}" y2="${height - 18}" stroke="#333"/>`,
    '</svg>\n',
  ].join('\n')
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
