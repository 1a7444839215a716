/** An independent validator of JSON Schema. */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

// Made once: the first schema it compiles is that of schemas. Its optimizer would take longer than what it spares.
const ajv = new Ajv2020({ strict: false, validateFormats: false, code: { optimize: false } })

/** @throws Error for what is no JSON Schema */
export function compiled(schema: object): ValidateFunction {
  const validate = ajv.compile(schema)
  ajv.removeSchema()
  return validate
}
