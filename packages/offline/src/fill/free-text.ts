// Text that is copied as it stands: a reason, a message, what to search for. Each role has its own marks.
import { isContent } from '../language/words.ts'
import type { Role, Slot } from './slot.ts'
import type { Source } from './source.ts'

/** The text for a slot with a role, or undefined when nothing marks it. */
export function freeText(slot: Slot, source: Source): string | undefined {
  const found = slot.role === undefined ? afterName(slot, focusText(source)) : byRole(slot, slot.role, source)
  return found === undefined || found === '' ? undefined : found
}

function byRole(slot: Slot, role: Role, source: Source): string | undefined {
  const clause = focusText(source)
  if (source.type === 'document') return inDocument(role, source)
  switch (role) {
    case 'reason':
    case 'problem':
      return after(clause, because) ?? statement(source)
    case 'body':
      return after(
        clause,
        /\b(?:saying|that says|which says|with the (?:message|text|body)|tell(?:ing)? (?:him|her|them)(?: that)?|that (?=the|we|I|our))\s*:?\s+/i,
      )
    case 'title':
      return after(clause, /\b(?:called|titled|named|with the (?:title|subject|label)|subject|title)\s*:?\s+/i)
    case 'query':
      return (
        after(
          clause,
          /\b(?:about|regarding|concerning|containing|mentioning|matching|(?:search|look|looking|searching)(?: \w+)? for)\s+(?:the |a |an |my |our )?/i,
        ) ?? leftover(slot, source)
      )
    case 'wish':
    case 'company':
      return undefined
  }
}

const because = /\b(?:because(?: of)?|since|due to|as (?=the|it|he|she|they|I)|reason(?: is)?:?)\s+/i
const troubles =
  /\b(broken|broke|damaged?|dent(?:ed)?|crack(?:ed|s)?|missing|wrong|late|defect(?:ive)?|does ?n[o']t|did ?n[o']t|is ?n[o']t|never|not (?:work|arriv|fit|clos|turn)\w*|leak\w*|faulty|scratch\w*|torn|charged|instead of|wobbl\w*|stain\w*|fail\w*|too (?:small|large|big|short|long)|unable|cannot|can't)\b/i
const wishes = /\b(would like|I'd like|please|I want|we want|could you|can you|asking for|I need)\b/i
const companies =
  /^(?!.*\b(?:bill(?:ed)? to|ship to|deliver)\b).*?\b((?:[\p{Lu}&][\p{L}\p{N}&.'’-]*\s+)+(?:GmbH|AG|ASA|AS|AB|ApS|A\/S|Ltd|LLC|Inc|Corp|Co|SARL|SAS|S\.?A|S\.?r\.?l|SpA|S\.p\.A|BV|B\.V|NV|Oy|OÜ|plc|PLC|KG|OHG|Limited)\b\.?)/mu

function inDocument(role: Role, { reading }: Pick<Source, 'reading'>): string | undefined {
  const sentences = reading.text.split(/(?<=[.!?])\s+|\n+/).map((line) => line.trim())
  const prose = sentences.filter(
    (line) => line.split(/\s+/).length > 2 && !reading.labels.some((label) => line.startsWith(`${label.label}:`)),
  )
  switch (role) {
    case 'reason': {
      const line = sentences.find((one) => because.test(one))
      return line === undefined ? inDocument('problem', { reading }) : after(line, because)
    }
    case 'problem':
      return prose.find((line) => troubles.test(line) && !/\?$/.test(line))
    case 'wish':
      return prose.find((line) => wishes.test(line))
    case 'company':
      return companies.exec(reading.text)?.[1]?.trim()
    case 'title':
    case 'body':
    case 'query':
      return undefined
  }
}

/** A clause of the request that asks for nothing tells why. */
function statement({ reading, focus }: Source): string | undefined {
  const told = reading.clauses.filter(
    (clause) => clause.type === 'statement' && (clause.end <= focus.start || clause.start >= focus.end),
  )
  return told.length === 1 ? trim(told[0]?.text ?? '') : undefined
}

function after(clause: string, mark: RegExp): string | undefined {
  const match = mark.exec(clause)
  return match ? trim(clause.slice(match.index + match[0].length)) : undefined
}

/** "colour blue", "colour: blue", "colour is blue". */
function afterName(slot: Slot, clause: string): string | undefined {
  const name = (slot.path.at(-1) ?? '').replaceAll(/[_-]/g, ' ').replace(/[^\p{L}\p{N} ]/gu, '')
  return name.length < 2
    ? undefined
    : clause.match(
        new RegExp(`\\b${name}(?:\\s+(?:is|as|to|of)|\\s*[:=])\\s+([\\p{L}\\p{N}][\\p{L}\\p{N}_-]*)`, 'iu'),
      )?.[1]
}

/** What is left of a search when the words of the tool are taken out: "find the copper kettle" leaves "copper kettle". */
function leftover(slot: Slot, { reading, focus, ignored }: Source): string | undefined {
  const known = new Set([...slot.around, ...slot.about, ...slot.name])
  const words = reading.words.filter(
    (word) =>
      word.start >= focus.start &&
      word.end <= focus.end &&
      isContent(word) &&
      !known.has(word.stem) &&
      !ignored.has(word.stem) &&
      !/^(find|search|look|show|list|display|please)$/.test(word.stem),
  )
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last) return undefined
  const run = reading.text.slice(first.start, last.end)
  return words.length <= 4 && run.split(/\s+/).length === words.length ? run : undefined
}

function focusText({ reading, focus }: Source): string {
  return reading.text.slice(focus.start, focus.end)
}

function trim(text: string): string {
  return text.replace(/^["“'\s]+|["”'\s]*[.!?,;]*\s*$/g, '')
}
