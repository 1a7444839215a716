// A request cut into the things it asks for, each with what kind of sentence it is.
import { phraseClass, type VerbClass, verbClasses } from './verbs.ts'
import { stem } from './words.ts'

/** One part of a request. `verbs` is what it asks to be done; a `statement` asks for nothing, and is context. */
export interface Clause {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly type: 'question' | 'command' | 'statement'
  /** The stem of its first word, politeness taken off. */
  readonly verb: string
  readonly verbs: ReadonlySet<VerbClass>
  /** "Do not send it": nothing is to be done. */
  readonly negated: boolean
  /** It speaks of what another clause brings up: "what did they cost". */
  readonly leaning: boolean
  /** "Then ...": what stands before it comes first. */
  readonly later: boolean
  /** Its sentence says "if": whether it is to be done is a judgement that rules do not make. */
  readonly conditional: boolean
}

/**
 * Cuts at sentence ends, "then", and before "and" or a comma where a new command or question begins. Quoted text is never cut.
 * @param toolVerbs stems that are commands here besides those of the table: the verbs of the tools
 */
export function clausesOf(text: string, toolVerbs: ReadonlySet<string> = new Set()): readonly Clause[] {
  const clauses: Clause[] = []
  let start = 0
  for (const end of [...cuts(text, toolVerbs), text.length]) {
    const piece = text.slice(start, end)
    const lead = piece.match(/^[\s,;:.!?]*(?:(?:and|then|also|but|so|after that|finally)\b[\s,]*)*/i)?.[0] ?? ''
    const clean = piece.slice(lead.length).trimEnd()
    const later = /\b(?:then|after that|finally)\b/i.test(lead)
    if (/[\p{L}\p{N}]/u.test(clean))
      clauses.push({
        ...toClause(clean, start + lead.length, toolVerbs),
        later,
        conditional: isConditional(text, start),
      })
    start = end
  }
  return clauses
}

function cuts(text: string, toolVerbs: ReadonlySet<string>): readonly number[] {
  // Quoted text and the dots of numbers, addresses and abbreviations are hidden from the search, at the same length.
  const hide = (found: string) => '_'.repeat(found.length)
  const hidden = text
    .replace(/"[^"]*"|“[^”]*”|«[^»]*»|`[^`]*`/g, hide)
    .replace(/\S+@\S+\w|\w\.\w|\b(?:Mr|Mrs|Ms|Dr|St|No|e\.g|i\.e)\./g, hide)
  const found = new Set<number>()
  for (const match of hidden.matchAll(/[.!?;]+(?=\s|$)|\n+/g)) found.add(match.index + match[0].length)
  for (const match of hidden.matchAll(/[,\s]+(?:and then|then|after that|and also)\b/gi)) found.add(match.index)
  for (const match of hidden.matchAll(/,?\s+(?:and|but)\s+|,\s+/gi)) {
    if (beginsAnew(text.slice(match.index + match[0].length), toolVerbs)) found.add(match.index)
  }
  return [...found].sort((left, right) => left - right)
}

/** Whether the sentence around `place` depends on something. "See if" and "check if" only ask. */
function isConditional(text: string, place: number): boolean {
  const start = Math.max(0, ...['. ', '! ', '? ', '\n'].map((end) => text.lastIndexOf(end, place) + 1))
  const end = text.slice(place + 1).search(/[.!?](?:\s|$)|\n/)
  const sentence = text.slice(start, end === -1 ? text.length : place + 1 + end).replace(/"[^"]*"|“[^”]*”/g, '')
  return /(?<!\b(?:see|check|know|me|out|ask|tell|look|wonder) )\b(?:if|unless|in case|provided that|as long as|only when)\b/i.test(
    sentence,
  )
}

const polite =
  /^(?:please|kindly|now|first|next|also|just|can you|could you|would you|will you|you (?:can|may|should|could)(?: now)?|i want (?:you )?to|i need (?:you )?to|i would like (?:you )?to|i['’]d like (?:you )?to|let us|let['’]s|go ahead and|make sure to|don['’]t forget to|remember to)\b[\s,]*/i
const asking =
  /^(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|am|any)\b(?!['’]t|\s+not\b)/i

function beginsAnew(rest: string, toolVerbs: ReadonlySet<string>): boolean {
  const core = bare(rest)
  // "search and replace": a lone verb is no command; it needs something to act on.
  return asking.test(core) || (isCommand(core, toolVerbs) && /^\p{L}+\s+\S/u.test(core))
}

function toClause(text: string, start: number, toolVerbs: ReadonlySet<string>): Omit<Clause, 'later' | 'conditional'> {
  const core = bare(text)
  const verb = stem(core.match(/^\p{L}+/u)?.[0] ?? '')
  const negated = /^(?:(?:please )?(?:do not|don['’]t)|never|no need to|without)\b/i.test(core)
  // "I want to fly to Lisbon" asks for something, whatever the verb.
  const wish = /^i(?: want| need| would like|['’]d like) to\b/i.test(text)
  const type =
    wish || isCommand(core, toolVerbs) ? 'command' : asking.test(core) || /\?\s*$/.test(text) ? 'question' : 'statement'
  const leaning = /\b(?:it|its|they|them|their|those|these|that one|he|she|her|him|his|there)\b/i.test(core)
  return { text, start, end: start + text.length, type, verb, verbs: verbsOf(core, verb, type, wish), negated, leaning }
}

function verbsOf(core: string, verb: string, type: Clause['type'], wish: boolean): ReadonlySet<VerbClass> {
  const phrase = phraseClass(core)
  if (phrase) return new Set([phrase])
  if (type !== 'command') return new Set(['read'])
  const classes = verbClasses(verb)
  return classes.size > 0 ? classes : new Set([wish ? 'read' : 'other'])
}

/** The text without the words of politeness before the verb. */
function bare(text: string): string {
  let rest = text.trim()
  for (let next = rest.replace(polite, ''); next !== rest; next = rest.replace(polite, '')) rest = next
  return rest
}

/** Verbs that are as often nouns: a command only before an article, a name, a number or a quotation. */
const nounsToo =
  /^(?:order|note|log|record|file|report|charge|plan|track|stock|stream|list|check|count|query|email|mail|message|text|set|start|post|rent)$/i

function isCommand(core: string, toolVerbs: ReadonlySet<string>): boolean {
  if (asking.test(core)) return false
  const [, word = '', next = ''] = core.match(/^(\p{L}+)\s*(\S*)/u) ?? []
  if (/^(?:give|tell)$/i.test(word)) return true
  if (verbClasses(word).size === 0 && !toolVerbs.has(stem(word))) return false
  if (!nounsToo.test(word)) return true
  return (
    /^(?:a|an|the|all|my|our|me|us|it|this|that|them|him|her|every|some|up|for|\d.*|["“].*|\p{Lu}.*|\S+@\S+|\S*[^su]s)$/u.test(
      next,
    ) && !/^[A-Z]+-?\d/.test(next)
  )
}
