/** An event of a run as an app prints it: calls and results as notes, the answer's text as it comes. */

import type { RunEvent } from 'pawl'
import { answer, did, shorten } from './page.ts'

export function showEvent(event: RunEvent): void {
  switch (event.type) {
    case 'completion.done':
      for (const call of event.completion.choices[0]?.message.tool_calls ?? []) {
        if (call.type === 'function') did(`→ ${call.function.name} ${shorten(call.function.arguments)}`)
      }
      break
    case 'tool.done':
      did(`← ${shorten(typeof event.message.content === 'string' ? event.message.content : 'parts')}`)
      break
    case 'text.delta':
      answer(event.delta)
      break
  }
}
