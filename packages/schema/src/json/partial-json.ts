/** JSON that arrives in pieces: one tree that grows in place, never parsed again. */

import type { Rewrite } from '../rewrite/rewrite.ts'
import { LiveTree } from './live-tree.ts'
import { JsonScan } from './scan-json.ts'

export interface PartialJson {
  /** Takes the next piece of text and returns `value`. @throws JsonTextError, from then on every time */
  push(text: string): unknown
  /** Says that no more text comes, which alone completes a number at the root. @throws JsonTextError for half a text */
  end(): unknown
  /** The live tree: strings grow by prefix; numbers, literals and keys appear when complete. Copy it to keep it. */
  readonly value: unknown
  /** the root is complete */
  readonly done: boolean
  /** Whether nothing at this path can change any more: it is complete, or can no longer appear. */
  closed(path: readonly (string | number)[]): boolean
}

/** Cost is linear in the text, whatever the size of the pieces. Nesting beyond 128 levels is an error. */
export function partialJson(): PartialJson {
  return partialValue(undefined)
}

/** The same for the text of a rewritten value: the tree has the form of the user's schema as far as that is possible. */
export function partialValue(rewrite: Rewrite | undefined): PartialJson {
  const tree = new LiveTree(rewrite)
  const scan = new JsonScan(tree)
  return {
    push(text) {
      scan.push(text)
      return tree.root
    },
    end() {
      scan.end()
      return tree.root
    },
    get value() {
      return tree.root
    },
    get done() {
      return scan.done
    },
    closed: (path) => scan.done || tree.closed(path),
  }
}
