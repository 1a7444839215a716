/** Errors that were not meant for the model. */

import type { Say } from './secrets.ts'

/** Turns an error that was not meant for the model into a text that is safe to tell it. */
export type Redactor = (error: unknown) => string

/**
 * The error's name and the first line of its message, with what looks like a secret or a place on this machine taken out:
 * keys and tokens, userinfo and query of addresses, paths of files.
 */
export const redact: Redactor = redactor((text) => text)

/** The same for who knows secrets: they are taken out first, so that none is cut to a part that is not known. */
export function redactor(say: Say): Redactor {
  return (error) => {
    const said = describe(error, say)
    return said ? `The tool failed: ${redactText(said).slice(0, 500)}` : 'The tool failed.'
  }
}

/** Takes out what a text of an error should not tell: passwords and queries of addresses, keys, tokens, paths. */
export function redactText(text: string): string {
  return text
    .replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1***@')
    .replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#]+)[?#]\S*/gi, '$1?***')
    .replaceAll(
      /\b(bearer|basic|token|api[-_]?key|secret|password|authorization)(["']?\s*[:=]?\s*["']?)[^\s"',;]+/gi,
      '$1$2***',
    )
    .replaceAll(/\b(?:sk|pk|ghp|gho|xox[abp]|AKIA)[-_A-Za-z0-9]{8,}/g, '***')
    .replaceAll(/\b[A-Za-z0-9+/_-]{32,}={0,2}/g, '***')
    .replaceAll(/(?<![\w.:/])(?:\/[\w.@-]+){2,}|\b[A-Z]:\\[^\s"']+/g, '<path>')
}

function describe(error: unknown, say: Say): string {
  try {
    if (error instanceof Error) return firstLine(say(`${error.name}: ${error.message}`))
    return typeof error === 'string' ? firstLine(say(error)) : ''
  } catch {
    return ''
  }
}

/** Longer than what is told, so that no secret is cut to a length at which it looks harmless. */
function firstLine(text: string): string {
  return text.slice(0, 2_000).split('\n')[0] ?? ''
}
