import type { Usage } from '@pawl/client'

/** What completions cost. `@pawl/prices` has one for the models that are sold; a limit of cost needs one. */
export interface PriceTable {
  /** in one currency; undefined for a model that it does not know */
  cost(model: string, usage: Usage): number | undefined
}
