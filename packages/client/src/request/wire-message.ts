/** A message as a server takes it back: answers hold more than requests may. */

import type { Profile } from '../profiles/profiles.ts'
import type { CompletionMessage } from '../types/completion.ts'
import type { Message } from '../types/message.ts'

/** What is only in answers; a server may refuse a request for it. */
const answerFields = ['annotations', 'parsed']
const unwantedFields = [...answerFields, 'reasoning_content', 'reasoning', 'reasoning_details']

/**
 * The same message where nothing has to change, which is nearly always. An answer may be sent back as it came: its
 * annotations go, its audio becomes a reference, its thinking goes where the server does not want it back, and
 * `developer` is `system` where that role is unknown.
 */
export function wireMessage(message: Message, profile: Profile): Message {
  if (message.role === 'developer') return profile.developerRole ? message : { ...message, role: 'system' }
  if (message.role !== 'assistant') return message
  const gone = profile.reasoningSentBack ? answerFields : unwantedFields
  const { audio } = message as Omit<CompletionMessage, 'content'>
  const wholeAudio = audio && ('data' in audio || 'transcript' in audio)
  if (!wholeAudio && !gone.some((field) => field in message)) return message
  const kept = Object.entries(message).filter(([field]) => !gone.includes(field))
  return Object.assign(Object.fromEntries(kept), wholeAudio && { audio: { id: audio.id } }) as Message
}
