import { outputJson } from './output-json.ts'

/**
 * What a tool gave, as the model reads it: a text as it is, nothing as "done, no output", an empty text as "(empty text)",
 * everything else as JSON by the rule of `outputJson`.
 * @throws what a getter or `toJSON` of the value throws
 */
export function outputText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(empty text)' : value.toWellFormed()
  const json = outputJson(value)
  return json === undefined ? 'done, no output' : JSON.stringify(json)
}
