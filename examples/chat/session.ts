/** Where a conversation stands in the store: each turn is a run that stands `after` the one before. */

import type { RunStore } from 'pawl'

export interface Standing {
  /** the last turn with its answer */
  readonly after: string | undefined
  /** a later turn without its answer: it waits for a yes, or its process died */
  readonly open: string | undefined
}

/** Where the latest conversation of the store stands. A turn that was stopped does not count. */
export async function latestSession(store: RunStore): Promise<Standing> {
  let open: string | undefined
  for await (const { runId, status } of store.list()) {
    if (status === 'done') return { after: runId, open }
    if (status !== 'stopped') open ??= runId
  }
  return { after: undefined, open }
}
