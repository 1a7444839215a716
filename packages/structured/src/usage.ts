/** Usage of several answers in one. */

import type { Usage } from '@pawl/client'

/** What a server that tells no usage counts as. */
export const noUsage: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }

/** Adds every count, the details too; a detail that neither tells stays untold. */
export function addUsage(one: Usage, other: Usage | undefined): Usage {
  if (other === undefined) return one
  const prompt = addCounts(one.prompt_tokens_details, other.prompt_tokens_details)
  const completion = addCounts(one.completion_tokens_details, other.completion_tokens_details)
  return {
    prompt_tokens: count(one.prompt_tokens) + count(other.prompt_tokens),
    completion_tokens: count(one.completion_tokens) + count(other.completion_tokens),
    total_tokens: count(one.total_tokens) + count(other.total_tokens),
    ...(prompt && { prompt_tokens_details: prompt }),
    ...(completion && { completion_tokens_details: completion }),
  }
}

type Counts = { readonly [name: string]: number | undefined }

function addCounts(
  one: Counts | null | undefined,
  other: Counts | null | undefined,
): Record<string, number> | undefined {
  if (!one && !other) return undefined
  const names = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])
  return Object.fromEntries([...names].map((name) => [name, count(one?.[name]) + count(other?.[name])]))
}

/** Servers leave counts out, or send null. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
