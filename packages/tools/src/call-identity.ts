/** What makes two calls the same. */

import { canonicalJson } from './canonical-json.ts'
import type { Tool } from './define/tool.ts'
import { digest } from './digest.ts'

/** Name and arguments, or what the tool itself says: the progress guard compares these. */
export function callIdentity(tool: Tool, input: unknown): string {
  return `${tool.name} ${tool.identity ? tool.identity(input) : canonicalJson(input)}`
}

/** What an approval is bound to: this run, this call, this definition, these arguments. Equal only where all of them are. */
export function callDigest(runId: string, callId: string, hash: string, argumentsText: string): string {
  return digest([runId, callId, hash, argumentsText])
}
