/** The checks of a zod schema as JSON Schema keywords. */

import type { Json } from '../schema.ts'
import type { Keywords } from '../shape.ts'
import type { $ZodType } from '../zod4.ts'

interface Check {
  readonly check?: string
  readonly format?: string
  readonly pattern?: RegExp
  readonly value?: unknown
  readonly inclusive?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly length?: number
  readonly size?: number
}

const formats: Readonly<Record<string, string | undefined>> = {
  guid: 'uuid',
  url: 'uri',
  datetime: 'date-time',
  regex: undefined,
}

/** `integer: true` stands for the integer formats; bounds on the number of items and characters keep their own names. */
export function zodKeywords(schema: $ZodType): Keywords {
  const def = schema._zod.def as Check & {
    readonly type: string
    readonly checks?: readonly { readonly _zod: { readonly def: Check } }[]
  }
  const [least, most] = def.type === 'string' ? ['minLength', 'maxLength'] : ['minItems', 'maxItems']
  const keywords: Record<string, Json> = {}
  const patterns = new Set<string>()
  const atLeast = (keyword: string, value: unknown) => {
    const before = keywords[keyword]
    if (typeof value === 'number' && !(typeof before === 'number' && before >= value)) keywords[keyword] = value
  }
  const atMost = (keyword: string, value: unknown) => {
    const before = keywords[keyword]
    if (typeof value === 'number' && !(typeof before === 'number' && before <= value)) keywords[keyword] = value
  }
  // z.email() and z.int() are their own first check
  for (const one of [def, ...(def.checks ?? []).map((check) => check._zod.def)]) {
    switch (one.check) {
      case 'greater_than':
        atLeast(one.inclusive ? 'minimum' : 'exclusiveMinimum', one.value)
        break
      case 'less_than':
        atMost(one.inclusive ? 'maximum' : 'exclusiveMaximum', one.value)
        break
      case 'multiple_of':
        if (typeof one.value === 'number' && one.value > 0) keywords['multipleOf'] = one.value
        break
      case 'number_format':
        if (one.format?.includes('int')) keywords['integer'] = true
        break
      case 'min_length':
      case 'min_size':
        atLeast(least, one.minimum)
        break
      case 'max_length':
      case 'max_size':
        atMost(most, one.maximum)
        break
      case 'length_equals':
      case 'size_equals':
        atLeast(least, one.length ?? one.size)
        atMost(most, one.length ?? one.size)
        break
      case 'string_format':
        if (one.format !== undefined) {
          const format = one.format in formats ? formats[one.format] : one.format
          if (format !== undefined) keywords['format'] = format
        }
        if (one.pattern !== undefined) patterns.add(one.pattern.source)
        break
    }
  }
  const template = (schema._zod as { readonly pattern?: RegExp }).pattern
  if (def.type === 'template_literal' && template !== undefined) patterns.add(template.source)
  const [pattern] = patterns
  if (pattern !== undefined) keywords['pattern'] = pattern
  return keywords
}
