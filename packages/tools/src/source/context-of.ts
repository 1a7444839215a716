import type { Tool } from '../define/tool.ts'
import type { ToolSource } from './tool-source.ts'

/** The intersection of the contexts that tools want, each asked on its own: one shared `C` would take the first candidate. */
export type ContextOf<T extends readonly unknown[]> = (
  T[number] extends infer U
    ? U extends Tool<infer C>
      ? (context: C) => void
      : U extends ToolSource<infer C>
        ? (context: C) => void
        : never
    : never
) extends (context: infer I) => void
  ? I
  : never
