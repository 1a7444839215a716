// From samples to a table: medians, ratios to the limit of the same round, and what was owed.

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** A row for each operation and adapter: the median figure and the median of its ratios to the limit, round by round. */
export function summarise(operations, samples) {
  return operations.flatMap((operation) => {
    const figure = operation.figure ?? 'cpu'
    const own = samples.filter((sample) => sample.operation === operation.name)
    const limits = new Map(
      own
        .filter(({ adapter, failed }) => adapter === 'limit' && !failed)
        .map((sample) => [sample.round, sample[figure]]),
    )
    return [...new Set(own.map(({ adapter }) => adapter))].map((adapter) => {
      const good = own.filter((sample) => sample.adapter === adapter && !sample.failed)
      const base = {
        operation: operation.name,
        adapter,
        n: good.length,
        failed: own.filter((sample) => sample.adapter === adapter && sample.failed).length,
      }
      if (good.length === 0) return base
      const ratios = good
        .filter(({ round }) => limits.has(round))
        .map((sample) => sample[figure] / limits.get(sample.round))
      return {
        ...base,
        [figure]: median(good.map((sample) => sample[figure])),
        peak: median(good.map(({ peak }) => peak)),
        ...(ratios.length > 0 && { ratio: median(ratios) }),
      }
    })
  })
}

export function table(operations, rows, { machine, versions, rounds, peerRounds }) {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `${machine}; ${rounds} rounds (other frameworks ${peerRounds}), interleaved; medians; x = ratio to the limit of the same round.`,
    named.join(', '),
    ...operations.map((operation) =>
      section(
        operation,
        rows.filter((row) => row.operation === operation.name),
      ),
    ),
  ].join('\n\n')
}

function section(operation, rows) {
  const figure = operation.figure ?? 'cpu'
  const best = rows
    .filter(({ adapter, ratio }) => !['limit', 'pawl', 'raw-fetch'].includes(adapter) && ratio)
    .toSorted((a, b) => a.ratio - b.ratio)[0]
  const promised = [operation.owed && `owed ${operation.owed}x`, operation.aimed && `aimed ${operation.aimed}x`]
    .filter(Boolean)
    .join(', ')
  const lines = rows
    .toSorted((a, b) => (a[figure] ?? Infinity) - (b[figure] ?? Infinity))
    .map((row) => {
      if (row.n === 0) return `| ${row.adapter} | failed | | | 0 |`
      const note =
        row.adapter === 'pawl' && operation.owed && row.ratio
          ? row.ratio <= operation.owed * 1.1
            ? ' (met)'
            : ' (NOT met)'
          : ''
      return `| ${row.adapter} | ${short(row[figure])} | ${row.ratio ? `x${row.ratio.toFixed(2)}${note}` : ''} | ${short(row.peak)} | ${row.n} |`
    })
  return [
    `### ${operation.name}: ${operation.what}${promised ? ` (${promised})` : ''}`,
    '',
    `| | ${figure} us a ${operation.unit} | ratio | peak MB | n |`,
    '|---|--:|--:|--:|--:|',
    ...lines,
    ...(best ? ['', `Best other framework: ${best.adapter}, x${best.ratio.toFixed(2)}.`] : []),
  ].join('\n')
}

function short(number) {
  if (number === undefined) return ''
  return number >= 100 ? Math.round(number).toLocaleString('en') : number.toPrecision(3)
}
