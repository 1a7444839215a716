// The ratios as bars, one row of bars an operation: an SVG that reads in light and dark.

const shown = ['plain-seq', 'text-2000', 'snapshot-2000', 'object-100', 'loop-10', 'loop-200', 'runs-1000']
const [width, left, bar, gap, cap] = [860, 150, 13, 16, 16]

export function chart(operations, rows) {
  let y = 34
  const parts = []
  for (const operation of operations.filter(({ name }) => shown.includes(name))) {
    const own = rows
      .filter((row) => row.operation === operation.name && row.ratio)
      .toSorted((a, b) => a.ratio - b.ratio)
    parts.push(`<text x="12" y="${y}" class="head">${operation.what}</text>`)
    y += 8
    for (const { adapter, ratio } of own) {
      const length = Math.max(2, (Math.min(ratio, cap) / cap) * (width - left - 90))
      const kind = adapter === 'pawl' ? 'pawl' : adapter === 'limit' ? 'limit' : 'peer'
      parts.push(`<text x="${left - 8}" y="${y + 11}" class="name">${adapter}</text>`)
      parts.push(`<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar - 2}" rx="2" class="${kind}"/>`)
      parts.push(
        `<text x="${(left + length + 6).toFixed(1)}" y="${y + 10}" class="value">${ratio.toFixed(2)}x${ratio > cap ? ' →' : ''}</text>`,
      )
      y += bar
    }
    y += gap + 8
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img" aria-label="CPU cost as ratios to a hand-written program">
<style>text{font:11px system-ui,sans-serif;fill:#57606a}.head{font-weight:600;font-size:12px;fill:#6e7781}.name{text-anchor:end}.pawl{fill:#0969da}.limit{fill:#8c959f}.peer{fill:#afb8c1}</style>
${parts.join('\n')}
</svg>
`
}
