/** A tool's function, as it was given and as it is called from outside. */

import type { ToolContext } from './tool-context.ts'

type Run = (input: unknown, context: ToolContext<any>) => Promise<unknown>
type Execute = (input: any, context: ToolContext<any>) => unknown

const bare = new WeakMap<Run, Execute>()

/** The function as one that always gives a promise. */
export function runOf(execute: Execute): Run {
  const run: Run = async (input, context) => execute(input, context)
  bare.set(run, execute)
  return run
}

/** The function behind it, which may give a value or throw at once: most short tools do, and need no waiting for. */
export function bareRun(run: Run): Execute {
  return bare.get(run) ?? run
}
