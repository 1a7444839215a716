/** The known name that is nearest to a wrong one, if any is near. */
export function didYouMean(wrong: string, known: readonly string[]): string | undefined {
  const simple = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const target = simple(wrong.slice(0, 64))
  const ranked = known.map((name) => ({ name, far: distance(target, simple(name)) })).sort((a, b) => a.far - b.far)
  const [nearest] = ranked
  return nearest && nearest.far <= Math.max(1, Math.floor(target.length / 3)) ? nearest.name : undefined
}

/** Levenshtein: insertions, deletions and changes of a letter. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
