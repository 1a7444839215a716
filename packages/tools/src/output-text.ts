import { outputJson } from './output-json.ts'

/**
 * What a tool gave, as the model reads it: a text as it is, nothing as "done, no output", an empty text as "(empty text)",
 * everything else as JSON by the rule of `outputJson`.
 * @param json where it is made already
 * @throws what a getter or `toJSON` of the value throws
 */
export function outputText(value: unknown, json = outputJson(value)): string {
  if (value === '') return '(empty text)'
  if (json === undefined) return 'done, no output'
  return typeof value === 'string' ? String(json) : JSON.stringify(json)
}
