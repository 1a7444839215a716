// for everybody

export { type ExtractBase, type ExtractInput, extract } from './extract.ts'
export { type ExtractAllOptions, type ExtractedDocument, type ExtractedDocuments, extractAll } from './extract-all.ts'
export type { Extracted } from './extracting.ts'
export type { Extraction } from './extraction.ts'
export type { Mode } from './mode.ts'
export type { Settings as ExtractSettings } from './request.ts'

// for those who call the client themselves

export { parseCompletion } from './parse-completion.ts'
export { responseFormat } from './response-format.ts'

// for those who lead the conversation themselves

export { type OutputContract, outputContract } from './output-contract.ts'

// errors

export { ContentFilterError } from './errors/content-filter-error.ts'
export { ExtractionError, type ExtractionErrorOptions } from './errors/extraction-error.ts'
export { OutputLimitError } from './errors/output-limit-error.ts'
export { RefusalError } from './errors/refusal-error.ts'
export { StructuredOutputError } from './errors/structured-output-error.ts'
