// Questions: what is missing, and what could be meant.
import type { Goal } from '../plan/goal.ts'

/** Asks for what a goal still lacks; the text always ends in a question mark. */
export function ask({ tool, missing, choices, unplaced }: Goal): string {
  if (missing.length === 0 && unplaced.length > 0) {
    const list = unplaced.map((fact) => `“${fact.text}”`).join(' and ')
    return `${tool.tool.name} has no place for ${list}, so I have not called it. What should I do?`
  }
  const [slot] = missing
  const name = slot?.path.join('.') ?? ''
  const several = slot && choices.get(slot)
  if (several) return `For ${tool.tool.name} there are several ${name}: ${several.join(', ')}. Which one do you mean?`
  const list = missing.map((one) => `${one.path.join('.')}${one.shape.description && ` (${one.shape.description})`}`)
  return `For ${tool.tool.name} I still need ${list.join(' and ')}. What should I use?`
}
