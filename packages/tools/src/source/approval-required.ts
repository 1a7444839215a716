import type { ApprovalRule } from '../define/tool.ts'
import { mapped, type ToolSource } from './tool-source.ts'

/** The same tools, each call of which a person must allow; a tool's own rule is asked too. */
export function approvalRequired<C>(source: ToolSource<C>, rule: ApprovalRule<unknown, C> = true): ToolSource<C> {
  return mapped(source, (tool) => ({ ...tool, approval: both(rule, tool.approval) }))
}

function both<C>(first: ApprovalRule<unknown, C>, second: ApprovalRule<any, C> | undefined): ApprovalRule<unknown, C> {
  if (second === undefined) return first
  return async (input, context) => {
    const asked = typeof first === 'function' ? await first(input, context) : first
    return asked || (typeof second === 'function' ? second(input, context) : second)
  }
}
