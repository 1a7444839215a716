import type { Json } from '@pawl/client'

/** What a tool is given beside its arguments. `C` is what the application passes to `run` as `context`. */
export interface ToolContext<C = unknown> {
  readonly context: C
  /** fires when the run is aborted or the tool's time is up */
  readonly signal: AbortSignal
  readonly callId: string
  /** the same whenever this call is run again: hand it to services that take one */
  readonly idempotencyKey: string
  /** Shown live to whoever watches the run; never to the model, and not recorded. */
  progress(value: Json): void
}
