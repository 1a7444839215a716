/** What the tour prints: answers on stdout, everything else on stderr, coloured only on a terminal that wants it. */

import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const plain = process.env['CI'] !== undefined || process.env['TERM'] === 'dumb'

export function title(text: string): void {
  note(`\n${paint('bold', text)}\n${paint('dim', '─'.repeat(72))}`)
}

/** A line about what happens. */
export function note(text = ''): void {
  process.stderr.write(`${text}\n`)
}

/** A quiet line: what the run did. */
export function did(text: string): void {
  note(paint('dim', `  ${text}`))
}

/** A piece of an answer. */
export function answer(text: string): void {
  process.stdout.write(text)
}

/** Rows under their heads, each column as wide as its widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

/** At most `width` characters of one line. */
export function shorten(text: string, width = 90): string {
  const flat = text.replaceAll(/\s+/g, ' ')
  return flat.length <= width ? flat : `${flat.slice(0, width - 1)}…`
}

export function paint(style: Style, text: string): string {
  return plain ? text : styleText(style, text, { stream: process.stderr })
}
