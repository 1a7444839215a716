/** The door to zod 4: types alone, so that nobody who uses another library needs zod at run time. */

export type { $ZodCheck, $ZodType, $ZodTypes } from 'zod/v4/core'
