/** What is found below `OpenAI.Chat`: the types, and once more below `OpenAI.Chat.Completions`. */

export type * from './names.ts'
export type * as Completions from './names.ts'
