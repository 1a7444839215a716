// What a verb does, so that no question ever deletes, pays or sends.
import { stem } from './words.ts'

/** `read` changes nothing; all others do, and are only ever called when they are asked for. `other` is a verb outside the table. */
export type VerbClass =
  | 'read'
  | 'create'
  | 'update'
  | 'delete'
  | 'cancel'
  | 'close'
  | 'send'
  | 'refund'
  | 'pay'
  | 'reserve'
  | 'request'
  | 'play'
  | 'lock'
  | 'move'
  | 'other'

const table: Readonly<Record<Exclude<VerbClass, 'other'>, string>> = {
  read: `get find search look lookup show list check see view fetch display count compare read query convert calculate compute sum multiply divide
    subtract translate forecast estimate summarize summarise describe explain what which who where when how is are was were does do did has have track locate
    retrieve browse`,
  create:
    'create make new open register file log record add write put set start note insert append raise jot plan schedule generate save post',
  update:
    'update change edit modify set adjust turn switch rename assign mark raise lower increase decrease reschedule put replace dim',
  delete: 'delete remove erase drop clear wipe purge discard',
  cancel: 'cancel abort revoke void',
  close: 'close resolve finish complete end archive stop',
  send: 'send email mail message notify forward text reply write tell invite share',
  refund: 'refund reimburse',
  pay: 'pay transfer wire buy order purchase charge settle',
  reserve: 'reserve book hold rent hire schedule',
  request: 'request apply submit ask',
  play: 'play start stream',
  lock: 'lock unlock arm disarm block unblock ban',
  move: 'move ship dispatch transfer upload deploy publish install run execute restart',
}

const classes: ReadonlyMap<string, ReadonlySet<VerbClass>> = build()

/** What `word` may do as a verb; empty when it is no verb of the table. */
export function verbClasses(word: string): ReadonlySet<VerbClass> {
  return classes.get(stem(word)) ?? new Set()
}

const phrases: readonly (readonly [RegExp, VerbClass])[] = [
  [/\b(give|pay|send|get)\b.*\bback\b|\bmoney back\b/i, 'refund'],
  [/^(send|move|wire)\b.*(\bmoney\b|\beuros?\b|\bdollars?\b|\b(EUR|USD|GBP|NOK)\b|[€$£])/i, 'pay'],
  [/\b(put|set|lay|keep|hold)\b.*\baside\b/i, 'reserve'],
  [/\bcall(ing)? (it |that |the \w+ )?off\b/i, 'cancel'],
  [/\bget rid of\b|\bthrow (it |that |them )?away\b/i, 'delete'],
  [/\bset up\b|\bput\b.*\b(calendar|diary|list)\b/i, 'create'],
  [/^(give|tell|show|send|read) (me|us)\b|\blet me know\b/i, 'read'],
]

/** What a turn of phrase does, where single words would mislead ("give ... back"). */
export function phraseClass(text: string): VerbClass | undefined {
  return phrases.find(([pattern]) => pattern.test(text))?.[1]
}

function build(): ReadonlyMap<string, ReadonlySet<VerbClass>> {
  const map = new Map<string, Set<VerbClass>>()
  for (const [verbClass, words] of Object.entries(table) as [VerbClass, string][]) {
    for (const word of words.split(/\s+/)) map.set(stem(word), new Set([...(map.get(stem(word)) ?? []), verbClass]))
  }
  return map
}
