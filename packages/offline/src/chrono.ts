// The door to chrono-node, opened only when a text has a date to find.

import { portionsOf } from './language/portions.ts'

/** A date and where it stands; `time` is there when the text names one. */
export interface FoundDate {
  readonly text: string
  readonly start: number
  /** YYYY-MM-DD */
  readonly date: string
  /** HH:MM */
  readonly time: string | undefined
}

/** Dates of a text, "tomorrow" being the day after `now` in UTC. A date without a day, or a span of days, is left out. */
export async function findDates(text: string, now: Date): Promise<readonly FoundDate[]> {
  const { parse } = await import('chrono-node')
  const reference = { instant: now, timezone: 0 }
  const find = (portion: string) => parse(withoutSpans(portion), reference, { forwardDate: true })
  const found = portionsOf(text).flatMap((portion) =>
    find(portion.text).map((one) => ({ index: one.index, words: one.text, start: one.start, from: portion.start })),
  )
  return found.flatMap(({ index, from, words, start }) => {
    const dated = start.isCertain('day') || start.isCertain('weekday')
    const timed = start.isCertain('hour')
    if (!dated && !timed) return []
    // A bare time has no day of its own: its day is a guess.
    const date = dated ? day(start.get('year'), start.get('month'), start.get('day')) : ''
    const time = timed ? `${two(start.get('hour'))}:${two(start.get('minute'))}` : undefined
    return [{ text: words, start: from + index, date, time }]
  })
}

/** "3 hours" and "for two weeks" say how long, not when: they are blanked, so that places stay as they are. */
function withoutSpans(text: string): string {
  const span =
    /(?<!\bin )(?:\b(?:for|within|in the) )?\b(?:\d+(?:[.,]\d+)?|an?|two|three|four|five|six|ten)[ -](?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?)\b(?! (?:ago|from now|later|earlier|before|after))/gi
  return text.replace(span, (found) => '_'.repeat(found.length))
}

function day(year: number | null, month: number | null, date: number | null): string {
  return `${String(year ?? 0).padStart(4, '0')}-${two(month)}-${two(date)}`
}

function two(value: number | null): string {
  return String(value ?? 0).padStart(2, '0')
}
