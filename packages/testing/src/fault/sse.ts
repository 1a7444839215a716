/** Server-sent events as text. */

/** One `data:` event for each value; text goes out as it is, anything else as JSON. `[DONE]` is added unless `done` is false. */
export function sse(values: Iterable<unknown>, { done = true }: { done?: boolean | undefined } = {}): string {
  const events = Array.from(values, (value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`)
  return events.join('') + (done ? 'data: [DONE]\n\n' : '')
}
