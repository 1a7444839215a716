/** Mends JSON only where there is one reading: a code fence around all of it, a comma before a closing bracket. */
export function mendArguments(text: string): { readonly text: string; readonly repair: string } | undefined {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(text)?.[1]
  const inner = fenced ?? text
  const plain = withoutTrailingCommas(inner)
  const repairs = [
    fenced !== undefined && 'a code fence around the arguments was taken off',
    plain !== inner && 'a trailing comma was taken out',
  ].filter(Boolean)
  return repairs.length > 0 ? { text: plain, repair: repairs.join(', ') } : undefined
}

/** Commas inside strings stay. */
function withoutTrailingCommas(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/gs, (found) => (found === ',' ? '' : found))
}
