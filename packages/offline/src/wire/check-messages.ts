// The history of a request: each message of the right shape, and every tool call answered.
import { asObject, type JsonObject } from './json-object.ts'
import type { MadeCall, OfferedMessage } from './request.ts'
import { RequestFault } from './request-fault.ts'

/**
 * Reads the messages. Content parts are joined to one text; an image or a sound is refused, since rules read text only.
 * @throws RequestFault 400 whose `param` names the message and the field
 */
export function checkMessages(messages: unknown): readonly OfferedMessage[] {
  if (messages === undefined) throw new RequestFault(400, "The parameter 'messages' is missing.", { param: 'messages' })
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new RequestFault(400, "'messages' must be a list of at least one message.", { param: 'messages' })
  }
  const read = messages.map((message, index) => checkMessage(message, `messages[${index}]`))
  checkAnswered(read)
  return read
}

function checkMessage(message: unknown, at: string): OfferedMessage {
  const fields = asObject(message)
  if (!fields) throw new RequestFault(400, `'${at}' must be an object.`, { param: at })
  switch (fields['role']) {
    case 'system':
    case 'developer':
      return { role: 'system', text: requiredText(fields, at) }
    case 'user':
      return { role: 'user', text: requiredText(fields, at) }
    case 'tool':
      return { role: 'tool', callId: requiredString(fields, 'tool_call_id', at), text: requiredText(fields, at) }
    case 'assistant': {
      const calls = checkCalls(fields['tool_calls'], `${at}.tool_calls`)
      const text = fields['content'] ?? fields['refusal'] ?? ''
      if (text === '' && calls.length === 0 && fields['content'] !== '') {
        throw new RequestFault(400, `'${at}' needs 'content' or 'tool_calls'.`, { param: `${at}.content` })
      }
      return { role: 'assistant', text: joinParts(text, `${at}.content`), calls }
    }
    default:
      throw new RequestFault(400, `'${at}.role' must be system, developer, user, assistant or tool.`, {
        param: `${at}.role`,
      })
  }
}

function checkCalls(calls: unknown, at: string): readonly MadeCall[] {
  if (calls === undefined || calls === null) return []
  if (!Array.isArray(calls)) throw new RequestFault(400, `'${at}' must be a list.`, { param: at })
  return calls.map((call, index) => {
    const fields = asObject(call)
    const made = asObject(fields?.['type'] === 'custom' ? fields['custom'] : fields?.['function'])
    const here = `${at}[${index}]`
    if (!fields || !made) throw new RequestFault(400, `'${here}' must be a tool call.`, { param: here })
    const input = made['arguments'] ?? made['input'] ?? ''
    if (typeof input !== 'string')
      throw new RequestFault(400, `The arguments of '${here}' must be a string.`, { param: here })
    return { id: requiredString(fields, 'id', here), name: requiredString(made, 'name', here), arguments: input }
  })
}

function checkAnswered(messages: readonly OfferedMessage[]): void {
  let open = new Set<string>()
  const lacking = () => {
    const ids = [...open].join(', ')
    return new RequestFault(
      400,
      `Each tool call must be answered by a tool message before the next turn; lacking: ${ids}.`,
      { param: 'messages' },
    )
  }
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (open.delete(message.callId)) continue
      throw new RequestFault(400, `'messages[${index}]' answers no tool call of the message before it.`, {
        param: `messages[${index}].tool_call_id`,
      })
    }
    if (open.size > 0) throw lacking()
    if (message.role === 'assistant') open = new Set(message.calls.map((call) => call.id))
  }
  if (open.size > 0) throw lacking()
}

function requiredText(fields: JsonObject, at: string): string {
  const content = fields['content']
  if (content !== undefined && content !== null) return joinParts(content, `${at}.content`)
  throw new RequestFault(400, `'${at}.content' is missing.`, { param: `${at}.content` })
}

function joinParts(content: unknown, at: string): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content))
    throw new RequestFault(400, `'${at}' must be a string or a list of parts.`, { param: at })
  return content.map((part, index) => partText(asObject(part), `${at}[${index}]`)).join('\n')
}

function partText(part: JsonObject | undefined, at: string): string {
  const text = part?.['type'] === 'text' ? part['text'] : part?.['type'] === 'refusal' ? part['refusal'] : undefined
  if (typeof text === 'string') return text
  throw new RequestFault(400, `'${at}' is no text: this server answers by rules and reads text only.`, { param: at })
}

function requiredString(fields: JsonObject, key: string, at: string): string {
  const value = fields[key]
  if (typeof value === 'string' && value !== '') return value
  throw new RequestFault(400, `'${at}.${key}' must be a string.`, { param: `${at}.${key}` })
}
