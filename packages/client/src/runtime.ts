/** `#runtime`: what a program has for where it runs. Node and browsers have files of their own. */

export { chunkTemplate } from './stream/chunk-template.ts'
export { transportOf } from './transport/built-in.ts'
