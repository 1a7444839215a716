// for everybody

export type { Mode } from './ask/mode.ts'
export type { Settings as ExtractSettings } from './ask/request.ts'
export { type ExtractBase, type ExtractInput, extract } from './extract.ts'
export { type ExtractAllOptions, type ExtractedDocument, type ExtractedDocuments, extractAll } from './extract-all.ts'
export type { Extracted } from './extracting.ts'
export type { Extraction } from './extraction.ts'

// for those who call the client themselves

export { responseFormat } from './ask/response-format.ts'
export { parseCompletion } from './read/parse-completion.ts'

// for those who lead the conversation themselves

export { type OutputContract, outputContract } from './ask/output-contract.ts'

// errors

export { ContentFilterError } from './errors/content-filter-error.ts'
export { ExtractionError, type ExtractionErrorOptions } from './errors/extraction-error.ts'
export { OutputLimitError } from './errors/output-limit-error.ts'
export { RefusalError } from './errors/refusal-error.ts'
export { StructuredOutputError } from './errors/structured-output-error.ts'
