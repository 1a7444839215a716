/** How far the work is, in one line on stderr: rewritten in place on a terminal, otherwise written once a kind. */

import { did, note } from '../app/page.ts'

/** `show` as documents are finished, `end` once. */
export function progress(kind: string, total: number) {
  let last = ''
  return {
    show(done: number, failed: number): void {
      last = `${kind.padEnd(8)} ${bar(done, total)} ${done} of ${total}${failed > 0 ? `, ${failed} failed` : ''}`
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  ${last}`)
    },
    end(): void {
      if (process.stderr.isTTY) note()
      else did(last)
    },
  }
}

function bar(done: number, total: number, width = 20): string {
  const full = Math.round((done / total) * width)
  return '█'.repeat(full) + '░'.repeat(width - full)
}
