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
// For engines and tools that stand on the log
export { type Action, decide } from './decide.ts'
// Errors
export { ReplayError } from './errors/replay-error.ts'
export { RunError, type RunErrorCode } from './errors/run-error.ts'
export { StoreError, type StoreReason } from './errors/store-error.ts'
// The log
export {
  type LiveEvent,
  logVersion,
  type RecordedEvent,
  type RunEvent,
  type Stamp,
  type StoredEvent,
} from './events.ts'
// Playing again
export { type ForkOptions, fork } from './fork.ts'
export { type HandoffOptions, handoff } from './handoff.ts'
export { validHistory } from './history.ts'
export type { Answered, HookCall, Hooks, Stopped } from './hooks.ts'
export type { EffectContext, Journal, NamedEffect } from './journal/journal.ts'
export type { Limits, Reached, StopReason } from './limits.ts'
// What a run waits for
export { answer, approve, type Decision, deny, edit, type Pending, type Verdict } from './pending.ts'
export type { PriceTable } from './prices.ts'
export { fold, record } from './record.ts'
export { type ReplayOptions, replay } from './replay.ts'
export { type ContextOption, type OptionsArgument, type ResumeOptions, type RunOptions, resume, run } from './run.ts'
export type { Run } from './run-handle.ts'
export type { RunResult } from './run-result.ts'
export type { RunState, RunStatus, Unanswered } from './state.ts'
export type { StepContext } from './step-context.ts'
export { exportRun, importRun } from './store/jsonl.ts'
export { memoryStore } from './store/memory-store.ts'
export type { RunLease, RunStore, RunSummary } from './store/run-store.ts'
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from './store/sqlite-store.ts'
