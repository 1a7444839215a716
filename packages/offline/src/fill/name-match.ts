// How well two names fit: a field's and a label's, a column's, a key's of a result.
import { areSynonyms } from '../language/synonyms.ts'
import { stem, stemsOf } from '../language/words.ts'

const shortForms = new Map(
  Object.entries({
    no: 'number',
    nr: 'number',
    num: 'number',
    qty: 'quantity',
    amt: 'amount',
    tel: 'phone',
    inv: 'invoice',
    desc: 'description',
    descr: 'description',
    dept: 'department',
    org: 'organization',
    cust: 'customer',
    prod: 'product',
    msg: 'message',
    ref: 'reference',
    lvl: 'level',
  }).map(([short, long]) => [short, stem(long)] as const),
)

/** Names of fields that documents write in several ways. */
const sameField: readonly (readonly string[])[] = [
  'vendor seller supplier issuer merchant company from',
  'description item product article name service position',
  'quantity count pieces units pcs number',
  'amount total sum due',
  'price rate cost each',
  'tax vat gst mwst',
  'currency code',
  'order reference',
  'time timestamp when',
  'people guests persons party',
  'guest name',
  'phone mobile telephone',
  'company organization organisation employer firm',
  'level severity',
  'message text',
].map((line) => stemsOf(line))

/** 1 for the same words, 0 for nothing in common; words that only mean the same count for 0.7. */
export function nameMatch(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return 0
  const written = right.map((one) => shortForms.get(one) ?? one)
  const hits = left.map((one) => Math.max(...written.map((other) => alike(shortForms.get(one) ?? one, other))))
  return hits.reduce((sum, hit) => sum + hit, 0) / Math.max(left.length, right.length)
}

function alike(left: string, right: string): number {
  if (left === right) return 1
  return areSynonyms(left, right) || sameField.some((words) => words.includes(left) && words.includes(right)) ? 0.7 : 0
}
