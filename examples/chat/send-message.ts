/** A tool with an effect, so that there is something to ask a person about. */

import { appendFileSync } from 'node:fs'
import { tool } from 'pawl'
import { z } from 'zod'

/** @param outbox the file that stands for the mail service: a line of JSON for each message */
export function sendMessage(outbox: string) {
  return tool({
    name: 'send_message',
    description: 'Send a message by e-mail to an address.',
    parameters: z.object({ email: z.email(), message: z.string().describe('text to send, quoted') }),
    approval: true,
    execute: ({ email, message }) => {
      appendFileSync(outbox, `${JSON.stringify({ email, message })}\n`)
      return { sent_to: email }
    },
  })
}
