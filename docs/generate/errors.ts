/** The page of errors: a heading for each code, with its cause and its cure. */

import { cures } from './cures.ts'
import { type ErrorCode, errorCodes } from './error-codes.ts'

/** @throws Error where a code or a reason has no cure, or a cure no code */
export function errorsPage(packages: string): string {
  const codes = errorCodes(packages)
  const stale = Object.keys(cures).filter((code) => !codes.some((each) => each.code === code))
  if (stale.length > 0) throw new Error(`No class has the code ${stale.join(', ')}.`)
  return `# Errors\n\n${opening}\n\n${codes.map(section).join('\n\n')}\n`
}

const opening = `Every error that you must handle has a literal \`code\`. \`isPawlError(error)\` tells it from all others, also across two installed copies. It says whether it is \`retryable\`, and carries \`attempts\`, \`requestId\`, \`retryAfter\`, \`partial\`, \`usage\`, \`runId\` and \`cause\` where there are such. A message says places and reasons, never a key or a body; of what a server said the first 200 characters stand in it. What a model can mend is no error: it is told to the model.

This page is made from the code; a test holds it against it, and \`npx vitest run docs -u\` makes it anew.`

function section(error: ErrorCode): string {
  const { code, className, fields, reasons } = error
  const { cause = error.cause, cure, reasons: meanings = {} } = cures[code] ?? missing(code)
  const rows = (reasons?.values ?? []).map(
    (value) => `- \`${value}\`: ${meanings[value] ?? missing(`${code}.${value}`)}`,
  )
  return [
    `## ${code}`,
    `\`${className}\` of \`${error.package}\`.`,
    `**Cause.** ${cause}`,
    `**Cure.** ${cure}`,
    ...(reasons ? [`\`${reasons.field}\` is one of:\n\n${rows.join('\n')}`] : []),
    ...(fields.length > 0 ? [`Fields: ${fields.map((field) => `\`${field}\``).join(', ')}.`] : []),
  ].join('\n\n')
}

function missing(what: string): never {
  throw new Error(`docs/generate/cures.ts has nothing for ${what}.`)
}
