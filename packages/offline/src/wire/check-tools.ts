// The tools of a request and which of them may be called.
import { asObject, type JsonObject } from './json-object.ts'
import type { OfferedTool, ToolChoice } from './request.ts'
import { RequestFault } from './request-fault.ts'

/**
 * Reads the tools; custom (grammar) tools are checked and then left out, since rules cannot write in a grammar.
 * @throws RequestFault 400 whose `param` names the tool and the field
 */
export function checkTools(tools: unknown): readonly OfferedTool[] {
  if (tools === undefined || tools === null) return []
  if (!Array.isArray(tools)) throw new RequestFault(400, "'tools' must be a list.", { param: 'tools' })
  return tools.flatMap((tool, index) => checkTool(asObject(tool), `tools[${index}]`))
}

/**
 * Reads `tool_choice` and narrows the tools to those that it allows.
 * @param given whether the request has tools at all, custom ones included
 * @throws RequestFault 400 for a choice without tools, of a tool that is not offered, or of an unknown form
 */
export function checkToolChoice(
  choice: unknown,
  tools: readonly OfferedTool[],
  given: boolean,
): { readonly tools: readonly OfferedTool[]; readonly toolChoice: ToolChoice } {
  if (choice === undefined || choice === null)
    return { tools, toolChoice: { type: tools.length > 0 ? 'auto' : 'none' } }
  if (choice === 'none') return { tools, toolChoice: { type: 'none' } }
  if (!given) {
    throw new RequestFault(400, "'tool_choice' is only allowed when 'tools' are given.", { param: 'tool_choice' })
  }
  if (choice === 'auto' || choice === 'required') return { tools, toolChoice: { type: choice } }
  const form = asObject(choice)
  if (form?.['type'] === 'function') {
    const named = offered(form, tools, 'tool_choice.function.name')
    return { tools: [named], toolChoice: { type: 'named', name: named.name } }
  }
  const allowed = form?.['type'] === 'allowed_tools' ? asObject(form['allowed_tools']) : undefined
  const list = allowed?.['tools']
  const mode = allowed?.['mode'] ?? 'auto'
  if (Array.isArray(list) && (mode === 'auto' || mode === 'required')) {
    const subset = list.map((item, index) =>
      offered(asObject(item), tools, `tool_choice.allowed_tools.tools[${index}]`),
    )
    return { tools: subset, toolChoice: { type: mode } }
  }
  throw new RequestFault(400, "'tool_choice' must be none, auto, required, a function or allowed_tools.", {
    param: 'tool_choice',
  })
}

function checkTool(tool: JsonObject | undefined, at: string): readonly OfferedTool[] {
  if (tool?.['type'] !== 'function' && tool?.['type'] !== 'custom') {
    throw new RequestFault(400, `'${at}.type' must be 'function' or 'custom'.`, { param: `${at}.type` })
  }
  const kind = tool['type']
  const fields = asObject(tool[kind])
  const name = fields?.['name']
  if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name)) {
    throw new RequestFault(400, `'${at}.${kind}.name' must be 1 to 64 of a-z, A-Z, 0-9, '_' and '-'.`, {
      param: `${at}.${kind}.name`,
    })
  }
  if (kind === 'custom') return []
  const description = fields?.['description'] ?? ''
  if (typeof description !== 'string') {
    throw new RequestFault(400, `'${at}.function.description' must be a string.`, {
      param: `${at}.function.description`,
    })
  }
  const parameters = fields?.['parameters'] ?? { type: 'object', properties: {} }
  const schema = asObject(parameters)
  if (schema) return [{ name, description, parameters: schema }]
  throw new RequestFault(400, `'${at}.function.parameters' must be a JSON Schema.`, {
    param: `${at}.function.parameters`,
  })
}

function offered(form: JsonObject | undefined, tools: readonly OfferedTool[], param: string): OfferedTool {
  const name = asObject(form?.['function'])?.['name']
  const found = tools.find((tool) => tool.name === name)
  if (found) return found
  throw new RequestFault(400, `'${param}' names no function of 'tools'.`, { param })
}
