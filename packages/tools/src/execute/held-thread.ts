/** Warns of tools that keep the thread: no timer, no other call and no other run goes on meanwhile. */

import type { Tool } from '../define/tool.ts'

/** milliseconds */
const longest = 1_000

const warned = new WeakSet<Tool['run']>()

/** Once for each tool, where the process can warn. @param ms how long it went on before it gave anything */
export function warnOfHeldThread({ name, run }: Tool, ms: number): void {
  if (ms <= longest || warned.has(run)) return
  warned.add(run)
  globalThis.process?.emitWarning?.(
    `The tool "${name}" held the thread for ${Math.round(ms)} ms, and no limit can stop it there. Let it wait between its parts, or do its work in a worker.`,
    { type: 'PawlWarning', code: 'tool_holds_thread' },
  )
}
