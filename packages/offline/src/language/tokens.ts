// Tokens with a shape of their own: addresses, ids, phone numbers, quoted text, times, levels of a log.

/** A token and where it stands. */
export interface Token {
  readonly text: string
  readonly start: number
}

/** E-mail addresses. */
export function findEmails(text: string): readonly Token[] {
  return tokens(text, /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g)
}

/** Web addresses. */
export function findUrls(text: string): readonly Token[] {
  return tokens(text, /\bhttps?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/g)
}

/** Text in double quotes of any style, the quotes left out; `start` is that of the inner text. */
export function findQuoted(text: string): readonly Token[] {
  const double = /"([^"\n]+)"|“([^”\n]+)”|«([^»\n]+)»|`([^`\n]+)`|(?<![\p{L}\p{N}])'([^'\n]{2,})'(?![\p{L}\p{N}])/gu
  return [...text.matchAll(double)].map((match) => {
    const inner = match.slice(1).find((group) => group !== undefined) ?? ''
    return { text: inner, start: match.index + match[0].indexOf(inner) }
  })
}

/** Ids: letters with digits, such as ORD-1042, INV-2026-0311, DE893704004405, #1042, or a UUID. Short codes such as A5 are none. */
export function findIds(text: string): readonly Token[] {
  const uuid = /\b[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\b/
  const dashed = /\b[A-Za-z]{1,8}[-_](?=[\w-]*\d)[A-Za-z\d]+(?:[-_/][A-Za-z\d]+)*\b/
  const plain = /\b[A-Z]{1,4}\d{3,}[A-Z\d]*\b/
  const numbered = /(?<=#)\d{2,}\b/
  // One pattern, so that a text is gone through once and no id is found twice.
  const any = new RegExp([uuid, dashed, plain, numbered].map((pattern) => pattern.source).join('|'), 'g')
  return tokens(text, any)
}

/** Phone numbers: a plus or a leading zero, and at least seven digits in groups. */
export function findPhones(text: string): readonly Token[] {
  return tokens(text, /(?<![\w.-])(?:\+\d{1,3}|\(?0\d{1,4}\)?)(?:[\s/-]?\(?\d{1,4}\)?){2,6}(?![\w-])/g).filter(
    (token) => token.text.replace(/\D/g, '').length >= 7,
  )
}

/** Points in time as machines write them, whole: 2026-03-09T08:00:01Z, 2026-03-09 08:00. */
export function findTimestamps(text: string): readonly Token[] {
  return tokens(text, /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?/g)
}

/** Clock times, as HH:MM; `text` is the time in 24 hours. */
export function findTimes(text: string): readonly (Token & { readonly written: string })[] {
  return [...text.matchAll(/\b(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s?(am|pm|a\.m\.|p\.m\.|o'clock)?(?![\w:])/gi)].flatMap(
    (match) => {
      const [written, hours = '', minutes, half] = match
      if (minutes === undefined && half === undefined) return []
      const hour = (Number(hours) % (half && !/o/i.test(half) ? 12 : 24)) + (/^p/i.test(half ?? '') ? 12 : 0)
      return Number(hours) < 24 && Number(minutes ?? 0) < 60
        ? [{ text: `${String(hour).padStart(2, '0')}:${minutes ?? '00'}`, start: match.index, written }]
        : []
    },
  )
}

/** How grave a line of a log is: INFO, WARN, ERROR. */
export function findLevels(text: string): readonly Token[] {
  return tokens(text, /\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b/g)
}

function tokens(text: string, pattern: RegExp): readonly Token[] {
  return [...text.matchAll(pattern)].map((match) => ({ text: match[0], start: match.index }))
}
