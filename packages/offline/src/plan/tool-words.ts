// What the words of a tool say: what it does, and with what.
import { type Slot, slotsOf } from '../fill/slot.ts'
import { type VerbClass, verbClasses } from '../language/verbs.ts'
import { isContent, stem, stemsOf, wordsOf } from '../language/words.ts'
import type { OfferedTool } from '../wire/request.ts'

/** A tool with its words looked up. */
export interface ToolWords {
  readonly tool: OfferedTool
  /** Stems of the name and of the description, words without meaning left out. */
  readonly name: readonly string[]
  readonly about: readonly string[]
  /** Stems of parameter names and enum values. */
  readonly fields: readonly string[]
  /** The stem of its verb, where the name or the description begins with one. */
  readonly verb: string | undefined
  readonly verbs: ReadonlySet<VerbClass>
  /** It only looks things up or calculates: a question may call it. */
  readonly reads: boolean
  readonly slots: readonly Slot[]
}

/** Looks up the words of `tool`. */
export function toolWords(tool: OfferedTool): ToolWords {
  const name = contentStems(tool.name.replaceAll(/[_-]/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2'))
  const about = contentStems(tool.description)
  const slots = slotsOf(tool.parameters, tool.parameters, [...stemsOf(tool.name), ...about])
  const enums = slots.flatMap((slot) =>
    slot.shape.type === 'enum' ? slot.shape.values.flatMap((value) => stemsOf(String(value))) : [],
  )
  const verb = verbOf(tool)
  const verbs = new Set([...(verb === undefined ? [] : verbClasses(verb)), ...verbClasses(firstWord(tool.description))])
  const reads = verb === undefined || verbs.has('read') || calculates(name, slots)
  return {
    tool,
    name,
    about,
    fields: [...slots.flatMap((slot) => slot.name), ...enums],
    verb,
    verbs: verb !== undefined && verbs.size === 0 ? new Set(['other']) : verbs,
    reads,
    slots,
  }
}

function contentStems(text: string): readonly string[] {
  return [
    ...new Set(
      wordsOf(text)
        .filter(isContent)
        .map((word) => word.stem),
    ),
  ]
}

function firstWord(text: string): string {
  return text.match(/\p{L}+/u)?.[0] ?? ''
}

/** The first word of the name when it is a verb of the table, or when the description begins with it and goes on as after a verb. */
function verbOf({ name, description }: OfferedTool): string | undefined {
  const [first = '', second] = name.split(/[_-]|(?<=[a-z])(?=[A-Z])/)
  if (verbClasses(first).size > 0 && (second !== undefined || stem(first) === stem(firstWord(description)))) {
    // "order_status": a noun, unless the description speaks of ordering.
    const noun =
      /^(?:order|stock|email|mail|message|note|log|record|file|report|charge|plan|stream|text|post|book|ship|invite)$/i.test(
        first,
      )
    return noun && verbClasses(firstWord(description)).size === 0 ? undefined : stem(first)
  }
  const [, verb = '', next = ''] = description.match(/^(\p{L}+)\s+(\p{L}+)/u) ?? []
  // "Approve an invoice" begins with a verb, "Vacation days that are left" and "Distance between" with a noun.
  const noun = /^\S+(?:\s+\S+)?\s+(?:of|between|for|in|on|at|by|that|from|and|to|with|per|as)\b/i.test(description)
  if (stem(verb) === stem(first) && !noun) return stem(first)
  return verbClasses(verb).size > 0 && /^(?:a|an|the|all|one|every|some)$/i.test(next) ? stem(verb) : undefined
}

function calculates(name: readonly string[], slots: readonly Slot[]): boolean {
  return (
    slots.length > 0 &&
    slots.every((slot) => slot.shape.type === 'number' || slot.shape.type === 'enum') &&
    name.some((one) => ['add', 'subtract', 'multiply', 'divid'].includes(one))
  )
}
