/** How often a call gave the same result: what tells a run that goes in circles. */

import type { ToolMessage } from '@pawl/client'

export interface Repeated {
  readonly identity: string
  readonly result: string
  readonly count: number
}

/** Each call once, the latest last. */
export type Repeats = readonly Repeated[]

/** A run in circles makes few different calls: the latest are enough, and the state stays small. */
const rememberedCalls = 32

/** How often in a row the call gave its last result; 0 for one that is not remembered. */
export function timesSame(repeats: Repeats, identity: string): number {
  return repeats.find((each) => each.identity === identity)?.count ?? 0
}

/** How often it will have given this result, this time included. */
export function timesGiven(repeats: Repeats, identity: string, content: ToolMessage['content']): number {
  const before = repeats.find((each) => each.identity === identity)
  return before?.result === nameOf(content) ? before.count + 1 : 1
}

/** @param same the result is known to be that of the time before; its message says more */
export function countCall(repeats: Repeats, identity: string, content: ToolMessage['content'], same = false): Repeats {
  const before = repeats.find((each) => each.identity === identity)
  const result = same && before ? before.result : nameOf(content)
  const count = before?.result === result ? before.count + 1 : 1
  const others = before ? repeats.filter((each) => each !== before) : repeats.slice(1 - rememberedCalls)
  return [...others, { identity, result, count }]
}

/** Results are only compared, so a long text is kept by a short name. */
function nameOf(content: ToolMessage['content']): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return text.length > 64 ? `${text.length} ${shortHash(text)}` : text
}

function shortHash(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
