/** What the user types, a line at a time; lines of a pipe that nobody has asked for yet are kept. */

import { createInterface } from 'node:readline'

export interface Lines {
  /** The next line, without spaces around it; undefined at the end of the input. */
  ask(prompt: string): Promise<string | undefined>
  /** Called at Ctrl-C. */
  onInterrupt(listener: () => void): void
  close(): void
}

/** Reads stdin. Prompts go to stderr, and only to a terminal. */
export function openLines(): Lines {
  const terminal = process.stdin.isTTY === true
  const reader = createInterface({ input: process.stdin, output: terminal ? process.stderr : undefined, terminal })
  const lines = reader[Symbol.asyncIterator]()
  // A question that was given up (Ctrl-C) leaves its line to the next one.
  let next: Promise<IteratorResult<string, undefined>> | undefined
  return {
    async ask(prompt) {
      reader.setPrompt(prompt)
      if (terminal) reader.prompt()
      next ??= lines.next()
      const { value } = await next
      next = undefined
      return value?.trim()
    },
    onInterrupt(listener) {
      // On a terminal the reader takes Ctrl-C as a key.
      reader.on('SIGINT', listener)
      process.on('SIGINT', listener)
    },
    close: () => reader.close(),
  }
}
