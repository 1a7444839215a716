import type { Usage } from '@pawl/client'

export const noUsage: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }

/** Sums two usages, details included. Associative. */
export function addUsage(a: Usage, b: Usage | undefined): Usage {
  if (!b) return a
  const sum: Usage = {
    prompt_tokens: a.prompt_tokens + (b.prompt_tokens ?? 0),
    completion_tokens: a.completion_tokens + (b.completion_tokens ?? 0),
    total_tokens: a.total_tokens + (b.total_tokens ?? (b.prompt_tokens ?? 0) + (b.completion_tokens ?? 0)),
  }
  for (const key of ['prompt_tokens_details', 'completion_tokens_details'] as const) {
    const [left, right] = [a[key], b[key]]
    if (left || right) sum[key] = addFields(left ?? {}, right ?? {})
  }
  return sum
}

function addFields(
  a: Record<string, number | undefined>,
  b: Record<string, number | undefined>,
): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) sum[key] = (a[key] ?? 0) + (b[key] ?? 0)
  return sum
}
