/** `#runtime` where packages are resolved for Node, whose transport is its own; nobody else's bundle holds anything of it. */

export { chunkTemplate } from './stream/chunk-template.ts'
export { builtInTransport } from './transport/built-in-node.ts'
export { sameOrigin } from './transport/same-origin.ts'
export { systemFaults as fetchFaults } from './transport/system-faults.ts'
