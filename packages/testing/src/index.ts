// A model that follows a script

// A server that fails as told
export { answering } from './fault/answering.ts'
export type { Connection } from './fault/connection.ts'
export { faults } from './fault/names.ts'
export type { Ending, Reply } from './fault/reply.ts'
export type { ReceivedRequest } from './fault/request-reader.ts'
export { sse } from './fault/sse.ts'
export {
  type FaultReply,
  type FaultServer,
  type FaultServerOptions,
  type FaultStep,
  faultServer,
} from './fault-server.ts'
export type { Certificate } from './net.ts'
export { ScriptError } from './script/script-error.ts'
export type { Answer, AnswerOptions, Beginning, Cuts, ScriptedCall, Turn, WholeAnswer } from './script/turn.ts'
export {
  answers,
  callsTextTool,
  callsTool,
  callsTools,
  cutOff,
  fails,
  refuses,
  type ScriptedCallOptions,
  says,
  stalls,
} from './script/turns.ts'
export { type Asked, type Reaction, type Script, type ScriptedModel, scriptedModel } from './scripted-model.ts'
