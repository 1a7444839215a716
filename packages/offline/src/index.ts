// For programs

// For tests: the same rules without a socket
export { type AnswerOptions, answer } from './answer.ts'
export { offlineModelId } from './model-id.ts'
export { type OfflineServer, type OfflineServerOptions, offlineServer } from './server.ts'
export type { AnsweredMessage, OfflineCompletion } from './wire/answered.ts'
