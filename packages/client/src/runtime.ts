/** `#runtime`: what a program has for where it runs, besides its transport. A browser has its own file, and loads less. */

export { chunkTemplate } from './chunk-template.ts'
export { bodyFault, requestFault } from './transport/system-faults.ts'
