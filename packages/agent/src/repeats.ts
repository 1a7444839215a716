/** How often a call gave the same result: what tells a run that goes in circles. */

import type { ToolMessage } from '@pawl/client'

/** By the identity of the call. */
export type Repeats = Readonly<Record<string, { readonly result: string; readonly count: number }>>

/** A run in circles makes few different calls: the latest are enough, and the state stays small. */
const rememberedCalls = 32

/** @param same the result is known to be that of the time before; its message says more */
export function countCall(repeats: Repeats, identity: string, content: ToolMessage['content'], same = false): Repeats {
  const before = repeats[identity]
  const result = same && before ? before.result : nameOf(content)
  const count = before?.result === result ? before.count + 1 : 1
  const others = Object.entries(repeats).filter(([known]) => known !== identity)
  return { ...Object.fromEntries(others.slice(1 - rememberedCalls)), [identity]: { result, count } }
}

/** How often the call has given this result, this time included. */
export function timesGiven(repeats: Repeats, identity: string, content: ToolMessage['content']): number {
  return countCall(repeats, identity, content)[identity]?.count ?? 1
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
