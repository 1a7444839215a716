// How well each tool fits a clause: shared words, the rarer the better, in the name, the description and the parameters.

import { idEvidence } from '../fill/id-evidence.ts'
import { isId } from '../fill/slot.ts'
import type { Clause } from '../language/clauses.ts'
import type { Reading } from '../language/reading.ts'
import { areSynonyms } from '../language/synonyms.ts'
import { phraseClass } from '../language/verbs.ts'
import { isContent, type Word } from '../language/words.ts'
import type { ToolWords } from './tool-words.ts'

/** A tool and how well it fits. */
export interface Scored {
  readonly words: ToolWords
  readonly score: number
}

/** From here on a tool is thought to be meant. One rare word of its name is enough, one of its description is not. */
export const meant = 2.2

/** From here on it may be meant, if it has a use for every name and id of the clause. */
const possible = 1

/** The tools that may serve `clause`, the best first. A tool with an effect must be asked for by its verb. */
export function scoreTools(clause: Clause, reading: Reading, tools: readonly ToolWords[]): readonly Scored[] {
  const words = meaningful(clause, reading)
  const able = tools.filter((tool) => mayServe(clause, tool, words))
  return able
    .map((tool) => ({ words: tool, score: score(tool, clause, words, reading, able) }))
    .filter(({ score }) => score >= possible)
    .sort((left, right) => right.score - left.score)
}

/** The words of a clause that can speak of a tool: values (names, ids, quoted text) cannot. */
function meaningful(clause: Clause, { words, facts }: Reading): readonly Word[] {
  const values = facts.filter((fact) => fact.kind !== 'number' && fact.kind !== 'currency' && fact.kind !== 'proper')
  const seen = new Set<string>()
  return words.filter((word) => {
    if (word.start < clause.start || word.end > clause.end || !isContent(word) || seen.has(word.stem)) return false
    if (values.some((fact) => word.start < fact.end && word.end > fact.start)) return false
    seen.add(word.stem)
    return true
  })
}

function mayServe(clause: Clause, tool: ToolWords, words: readonly Word[]): boolean {
  const sameVerb =
    tool.verb !== undefined &&
    (clause.verb === tool.verb || (clause.type === 'command' && areSynonyms(clause.verb, tool.verb)))
  if (tool.reads) return clause.type !== 'command' || clause.verbs.has('read') || sameVerb || words.length === 0
  if (clause.conditional || clause.type === 'question' || (clause.type === 'statement' && !sharesPhrase(clause, tool)))
    return false
  return sameVerb || [...clause.verbs].some((verb) => verb !== 'read' && verb !== 'other' && tool.verbs.has(verb))
}

/** "Give her the money back" is a statement to the eye, but its phrase says what is to be done. */
function sharesPhrase(clause: Clause, tool: ToolWords): boolean {
  return [...clause.verbs].some((verb) => verb !== 'read' && tool.verbs.has(verb))
}

function score(
  tool: ToolWords,
  clause: Clause,
  words: readonly Word[],
  reading: Reading,
  tools: readonly ToolWords[],
): number {
  // "Customer C-003" names the id, not what is wanted: the word counts only where it is in the tool's name.
  const ids = tool.slots.filter((slot) => isId(slot)).flatMap((slot) => slot.own)
  const telling = words.filter((word) => tool.name.includes(word.stem) || !ids.includes(word.stem))
  const shared = telling.reduce((sum, word) => sum + weight(word.stem, tool) * rarity(word.stem, tools), 0)
  const values = valueEvidence(tool, clause, reading)
  // A verb that only means the same needs something else that speaks for the tool.
  const verb = tool.reads ? 0 : shared + values > 0 || phraseClass(clause.text) ? 2.4 : 1.5
  const listing =
    /\b(?:how many|list|all|every)\b/i.test(clause.text) && /^(?:list|search)/.test(tool.tool.name) ? 0.5 : 0
  return shared + verb + listing + values
}

function weight(stem: string, tool: ToolWords): number {
  const best = (alike: (one: string) => boolean) =>
    tool.name.some(alike) ? 3 : tool.about.some(alike) ? 1.5 : tool.fields.some(alike) ? 0.7 : 0
  return Math.max(
    best((one) => one === stem),
    0.8 * best((one) => areSynonyms(one, stem)),
  )
}

/** 1 for a word of one tool only, less for one that many share. */
function rarity(stem: string, tools: readonly ToolWords[]): number {
  const count = tools.filter((tool) =>
    [...tool.name, ...tool.about].some((one) => one === stem || areSynonyms(one, stem)),
  ).length
  return 1 / Math.sqrt(Math.max(1, count))
}

/** Values that only this kind of tool takes speak for it: an id most of all. */
function valueEvidence(tool: ToolWords, clause: Clause, { facts }: Reading): number {
  const here = facts.filter((fact) => fact.start >= clause.start && fact.end <= clause.end)
  const hits = tool.slots.map((slot) => {
    if (isId(slot)) {
      const fits = here.some((fact) => fact.kind === 'id' && idEvidence(slot, fact) >= 2)
      const main =
        slot.own.some((one) => tool.name.includes(one)) ||
        slot.own.every((one) => /^(?:id|sku|code|key|number|ref|account)$/.test(one))
      return fits ? (main ? 2.2 : 0.8) : 0
    }
    return here.some((fact) => slot.accepts.get(fact.kind) === 2 && fact.kind !== 'number' && fact.kind !== 'quoted')
      ? 0.8
      : 0
  })
  return Math.min(
    3,
    hits.reduce<number>((sum, hit) => sum + hit, 0),
  )
}
