/**
 * Those of `sorted` (by `start`) that stand from `start` to `end`, found without a look at the others:
 * a long text is asked this for every line and every fact.
 */
export function between<T extends { readonly start: number; readonly end: number }>(
  sorted: readonly T[],
  start: number,
  end: number,
): readonly T[] {
  const from = firstAt(sorted, start)
  const to = firstAt(sorted, end + 1)
  return sorted.slice(from, to).filter((one) => one.end <= end)
}

/** The index of the first that starts at `place` or later. */
function firstAt(sorted: readonly { readonly start: number }[], place: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.start ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}
