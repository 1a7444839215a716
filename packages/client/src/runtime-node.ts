/** `#runtime` where packages are resolved for Node, whose transport is its own; nobody else's bundle holds anything of it. */

export { chunkTemplate } from './stream/chunk-template.ts'
export { transportOf } from './transport/built-in-node.ts'
