// Agents and their runs
export {
  type Agent,
  type AgentOptions,
  agent,
  type Compaction,
  type Handoff,
  type ModelSettings,
} from './agent.ts'
export { agentAsTool } from './agent-as-tool.ts'
// Errors
export { ReplayError } from './errors/replay-error.ts'
export { RunError, type RunErrorCode } from './errors/run-error.ts'
export { StoreError, type StoreReason } from './errors/store-error.ts'
export { type HandoffOptions, handoff } from './handoff.ts'
export type { Answered, HookCall, Hooks, Stopped } from './hooks.ts'
export type { EffectContext, Journal, NamedEffect } from './journal/journal.ts'
export type { Limits, Reached, StopReason } from './limits/limits.ts'
export type { PriceTable } from './limits/prices.ts'
// Playing again
export { type ForkOptions, fork } from './run/fork.ts'
export { type ReplayOptions, replay } from './run/replay.ts'
export {
  type ContextOption,
  type OptionsArgument,
  type ResumeOptions,
  type RunOptions,
  resume,
  run,
} from './run/run.ts'
export type { Run } from './run/run-handle.ts'
export type { RunResult } from './run/run-result.ts'
// For engines and tools that stand on the log
export { type Action, decide } from './state/decide.ts'
// The log
export {
  type LiveEvent,
  logVersion,
  type RecordedEvent,
  type RunEvent,
  type Stamp,
  type StoredEvent,
} from './state/events.ts'
export { validHistory } from './state/history.ts'
// What a run waits for
export { answer, approve, type Decision, deny, edit, type Pending, type Verdict } from './state/pending.ts'
export { fold, record } from './state/record.ts'
export type { RunState, RunStatus, Unanswered } from './state/state.ts'
export type { StepContext } from './step-context.ts'
export { exportRun, importRun } from './store/jsonl.ts'
export { memoryStore } from './store/memory-store.ts'
export type { RunLease, RunStore, RunSummary } from './store/run-store.ts'
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from './store/sqlite-store.ts'
