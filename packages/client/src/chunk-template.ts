/**
 * The chunks of a stream are alike but for one text. The last one serves as a template: where the next differs in nothing
 * but that text, only the text is read. What comes out equals what `JSON.parse` gives, at a third of the cost.
 */

import { parseJson } from './parse-json.ts'
import type { ChatCompletionChunk, Delta } from './types/chunk.ts'

export interface ChunkTemplate {
  /** The chunk of this event, a new object; undefined where it differs in more than its text. */
  read(data: string): ChatCompletionChunk | undefined
  /** Compares with this event from now on, where it has such a text. @param chunk what it was read as */
  learn(data: string, chunk: ChatCompletionChunk): void
}

/** A chunk around its text: `head` ends with the quote that opens it, `tail` begins with the one that closes it. */
interface Template {
  readonly head: string
  readonly tail: string
  /** What follows the padding that OpenAI sends against listeners; the tail then ends with the quote that opens it. */
  readonly afterPadding: string | undefined
  fill(text: string): ChatCompletionChunk
}

/** Learning costs as much as this many readings save; a stream whose chunks are not alike is given up. */
const price = 4
const credit = 64
/** Characters of an event beyond which it is no piece of many. */
const longest = 16_384

/** A quote after `{` or `,` opens a key wherever it stands: no string that ends there could be followed by a letter. */
const growingKey = /[{,]\s*"(content|arguments|reasoning_content|reasoning|refusal)"\s*:\s*"/
const paddingKey = /,\s*"obfuscation"\s*:\s*"/
const untilQuote = /(?:[^"\\]|\\.)*/y
/** What JSON escapes, or refuses. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unlikeItself = /["\\\u0000-\u001f]/

export function chunkTemplate(): ChunkTemplate {
  let template: Template | undefined
  let left = credit
  return {
    read(data) {
      const chunk = template && readWith(template, data)
      if (chunk !== undefined && left < credit) left += 1
      return chunk
    },
    learn(data, chunk) {
      if (left < price || data.length > longest) return
      left -= price
      template = templateOf(data, chunk)
    },
  }
}

function readWith(template: Template, data: string): ChatCompletionChunk | undefined {
  // A slice and one comparison: `startsWith` looks at the characters of a piece of a larger text one by one.
  if (data.slice(0, template.head.length) !== template.head) return undefined
  return template.afterPadding === undefined ? plain(data, template) : padded(data, template)
}

function plain(data: string, { head, tail, fill }: Template): ChatCompletionChunk | undefined {
  const end = data.length - tail.length
  const text = end >= head.length && data.slice(end) === tail ? textIn(data, head.length, end) : undefined
  return text === undefined ? undefined : fill(text)
}

function padded(data: string, { head, tail, afterPadding = '', fill }: Template): ChatCompletionChunk | undefined {
  const end = data.length - afterPadding.length
  const start = data.lastIndexOf('"', end - 1) + 1
  const padding = data.slice(start, end)
  const textEnd = start - tail.length
  if (textEnd < head.length || data.slice(textEnd, start) !== tail) return undefined
  if (data.slice(end) !== afterPadding || unlikeItself.test(padding)) return undefined
  const text = textIn(data, head.length, textEnd)
  return text === undefined ? undefined : Object.assign(fill(text), { obfuscation: padding })
}

/** What stands between two quotes; undefined when the string ends before the second, or is none. */
function textIn(data: string, start: number, end: number): string | undefined {
  const written = data.slice(start, end)
  if (!unlikeItself.test(written)) return written
  try {
    return JSON.parse(data.slice(start - 1, end + 1)) as string
  } catch {
    return undefined
  }
}

function templateOf(data: string, chunk: ChatCompletionChunk): Template | undefined {
  const found = growingKey.exec(data)
  const key = found?.[1]
  const fill = key === undefined ? undefined : fillerOf(chunk, key)
  if (!found || !fill) return undefined
  const start = found.index + found[0].length
  const end = quoteAfter(data, start)
  const padding = paddingKey.exec(data.slice(end))
  const tailEnd = padding ? end + padding.index + padding[0].length : data.length
  const head = data.slice(0, start)
  const tail = data.slice(end, tailEnd)
  const afterPadding = padding ? data.slice(quoteAfter(data, tailEnd)) : undefined
  const template = { head, tail, afterPadding, fill }
  // A key may stand in several places. This is the right one when other texts in it, longer than all that stands there,
  // are read as they should be.
  const other = '?'.repeat(data.length)
  const probe = head + other + tail + (afterPadding === undefined ? '' : other + afterPadding)
  return JSON.stringify(readWith(template, probe)) === JSON.stringify(parseJson(probe)) ? template : undefined
}

/** The place of the quote that ends the string which began before. */
function quoteAfter(data: string, start: number): number {
  untilQuote.lastIndex = start
  untilQuote.test(data)
  return untilQuote.lastIndex
}

/** Makes copies of a chunk with another text; undefined where copies would share more than texts and numbers. */
function fillerOf(chunk: ChatCompletionChunk, key: string): Template['fill'] | undefined {
  const [choice, another] = chunk.choices
  if (!choice || another || !isFlatBut(chunk, 'choices') || !isFlatBut(choice, 'delta')) return undefined
  const fill = key === 'arguments' ? callFiller(choice.delta) : textFiller(choice.delta, key)
  return fill && ((text) => ({ ...chunk, choices: [{ ...choice, delta: fill(text) }] }))
}

function textFiller(delta: Delta, key: string): ((text: string) => Delta) | undefined {
  if (!isFlatBut(delta, key)) return undefined
  return (text) => {
    const filled: Delta & Record<string, unknown> = { ...delta }
    filled[key] = text
    return filled
  }
}

function callFiller(delta: Delta): ((text: string) => Delta) | undefined {
  const [call, another] = Array.isArray(delta.tool_calls) ? delta.tool_calls : []
  const called = call?.function
  if (!called || another || !isFlatBut(delta, 'tool_calls')) return undefined
  if (!isFlatBut(call, 'function') || !isFlatBut(called, 'arguments')) return undefined
  return (text) => ({ ...delta, tool_calls: [{ ...call, function: { ...called, arguments: text } }] })
}

function isFlatBut(value: object, key: string): boolean {
  for (const [name, each] of Object.entries(value))
    if (name !== key && typeof each === 'object' && each !== null) return false
  return true
}
