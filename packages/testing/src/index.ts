// A model that follows a script
export { ScriptError } from './script/script-error.ts'
export type { Answer, AnswerOptions, Beginning, Cuts, ScriptedCall, Turn, WholeAnswer } from './script/turn.ts'
export {
  answers,
  type CallOptions as ScriptedCallOptions,
  callsTextTool,
  callsTool,
  callsTools,
  cutOff,
  fails,
  refuses,
  says,
  stalls,
} from './script/turns.ts'
export { type Asked, type Reaction, type Script, type ScriptedModel, scriptedModel } from './scripted-model.ts'
