/** What the model asks to be run. */

/** `arguments` is JSON text that may be invalid, or empty where the function takes none. */
export interface FunctionToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** `input` is free text. */
export interface CustomToolCall {
  id: string
  type: 'custom'
  custom: { name: string; input: string }
}

export type ToolCall = FunctionToolCall | CustomToolCall
