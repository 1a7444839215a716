/** A tool's function, as it was given and as it is called from outside. */

import type { ToolContext } from './tool-context.ts'

type Execute = (input: any, context: ToolContext<any>) => unknown

const bare = Symbol('bare')

interface Run {
  (input: unknown, context: ToolContext<any>): Promise<unknown>
  /** the function behind it */
  readonly [bare]?: Execute
}

/** The function as one that always gives a promise. */
export function runOf(execute: Execute): Run {
  const run = async (input: unknown, context: ToolContext<any>) => execute(input, context)
  return Object.assign(run, { [bare]: execute })
}

/** The function behind it, which may give a value or throw at once: most short tools do, and need no waiting for. */
export function bareRun(run: Run): Execute {
  return run[bare] ?? run
}
