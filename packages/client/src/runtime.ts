/** `#runtime`: what a program has for where it runs. Node and browsers have files of their own. */

export { chunkTemplate } from './stream/chunk-template.ts'
export { builtInTransport } from './transport/built-in.ts'
export { sameOrigin } from './transport/same-origin.ts'
export { systemFaults as fetchFaults } from './transport/system-faults.ts'
