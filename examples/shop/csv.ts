/** The rows of a CSV text, by the names in its first line. A field in double quotes may hold commas and line breaks. */
export function parseCsv(text: string): Record<string, string>[] {
  const [head = [], ...rows] = fieldsOf(text)
  return rows.map((row) => Object.fromEntries(head.map((name, column) => [name, row[column] ?? ''])))
}

/** Rows as CSV text; a field is quoted where it must be. */
export function toCsv(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const quoted = (field: string | number) =>
    /[",\n]/.test(`${field}`) ? `"${`${field}`.replaceAll('"', '""')}"` : `${field}`
  return `${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`
}

function fieldsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\n') rows.push([])
    if (end === '') break
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '')
}
