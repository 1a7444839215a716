import type { OfferedTool } from '../wire/request.ts'

/** Says that rules answer here and what they can do, when nothing in the request fits. */
export function introduce(tools: readonly OfferedTool[]): string {
  const who = 'I am a set of rules, not a language model'
  if (tools.length === 0) return `${who}: without tools I can only fill a JSON schema from a text.`
  const list = tools.map((tool) => `- ${tool.name}${tool.description && `: ${firstSentence(tool.description)}`}`)
  return `${who}, and nothing in this request fits a tool that I can use. I can use:\n${list.join('\n')}`
}

function firstSentence(text: string): string {
  return text.match(/^.*?[.!?](?=\s|$)/s)?.[0] ?? text
}
