/** How a rewritten value is shown while it arrives. */

import type { Rewrite } from '../rewrite/rewrite.ts'

/** The rewriting of a value that is there, past the layers that only say "may be left out". */
export function present(rewrite: Rewrite | undefined): Rewrite | undefined {
  return rewrite?.live?.kind === 'optional' ? present(rewrite.live.inner) : rewrite
}

/** Whether null is a value of its own here, and not the form of "left out" or of something else. */
export function shownAsNull(rewrite: Rewrite | undefined): boolean {
  const live = rewrite?.live
  if (live?.kind !== 'optional') return rewrite === undefined || live !== undefined
  return !live.absentIsNull && shownAsNull(live.inner)
}

/** The rewriting that a container is under, past the layers that only say "may be left out". */
export function shownBy(rewrite: Rewrite | undefined, list: boolean): Rewrite | undefined {
  const live = rewrite?.live
  if (live === undefined) return rewrite
  if (live.kind === 'optional') {
    // an object may turn out to be the mark for "left out"
    return list || live.absentIsNull ? shownBy(live.inner, list) : rewrite && { ...rewrite, live: undefined }
  }
  if (live.kind === 'text') return rewrite && { ...rewrite, live: undefined }
  // a container of the other sort is a mistake of the model: it is shown as it is
  return (live.kind === 'items') === list ? rewrite : undefined
}
