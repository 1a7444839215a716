/** A turn on the terminal: the answer on stdout as it streams, tool calls and approvals on stderr. */

import { approve, type Decision, deny, type Pending, type Run, type RunResult } from 'pawl'
import { answer, note } from '../app/page.ts'
import { showEvent } from '../app/show-event.ts'
import type { Lines } from './lines.ts'
import { terminalMarkdown } from './markdown.ts'

/** Markdown is drawn on a terminal that shows colours; a pipe gets it as it is written. */
const draws = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb'

export async function showTurn(running: Run<string>): Promise<RunResult<string>> {
  let page = terminalMarkdown()
  for await (const event of running) {
    if (event.type === 'text.delta') answer(draws ? page.push(event.delta) : event.delta)
    else showEvent(event)
    if (event.type !== 'completion.done' && event.type !== 'text.reset') continue
    if (draws) answer(page.end())
    if (event.type === 'text.reset') note('\n(The answer broke off, and begins anew.)')
    if (event.type === 'text.reset' || event.completion.choices[0]?.message.content) answer('\n')
    page = terminalMarkdown()
  }
  return await running
}

/** Asks for a yes. Anything but yes and no is a no with that reason; the end of the input leaves the call waiting. */
export function askOn(lines: Lines): (pending: Pending) => Promise<Decision | undefined> {
  return async (pending) => {
    const { call, type, reason = type === 'unknown' ? 'it had begun before, and may have happened' : '' } = pending
    const asked = call.type === 'function' ? `${call.function.name} ${call.function.arguments}` : call.custom.name
    note(`  May this run? ${asked}${reason && ` (${reason})`}`)
    const said = await lines.ask('  yes, no, or why not: ')
    if (said === undefined) return undefined
    if (/^y(es)?$/i.test(said)) return approve(pending)
    return deny(pending, /^(no?)?$/i.test(said) ? undefined : said)
  }
}
