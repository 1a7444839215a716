/** The door of `@pydantic/genai-prices`, which keeps what hosts ask for their models. */

import type { PriceTable } from '@pawl/agent'

type Usage = Parameters<PriceTable['cost']>[1]

import { calcPrice } from '@pydantic/genai-prices'

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number
  readonly output: number
  /** of input that the server had in its cache; as `input` when left out */
  readonly cached?: number | undefined
}

/** Whose prices. */
export interface PricesOptions {
  /** whose prices count, as `openrouter` or `azure`; when left out the model's name tells */
  provider?: string | undefined
  /** models of your own, and prices of your own, by the id that the agent's model has; they win */
  models?: Readonly<Record<string, ModelPrice>> | undefined
}

/**
 * Prices of the models that are sold, in US dollars, as they stood when the installed `@pydantic/genai-prices` was made:
 * `run(assistant, input, { prices: prices(), limits: { cost: 0.5 } })`. Nothing is fetched.
 */
export function prices({ provider, models = {} }: PricesOptions = {}): PriceTable {
  const own = new Map(Object.entries(models))
  return {
    cost(model, usage) {
      const price = own.get(model)
      if (price) return ownCost(price, usage)
      const options = provider === undefined ? {} : { providerId: provider }
      return calcPrice(tokensOf(usage), model, options)?.total_price
    },
  }
}

function ownCost({ input, output, cached = input }: ModelPrice, usage: Usage): number {
  const { input_tokens, output_tokens, cache_read_tokens } = tokensOf(usage)
  return ((input_tokens - cache_read_tokens) * input + cache_read_tokens * cached + output_tokens * output) / 1_000_000
}

/** Details are parts of the sums; a server that counts more of a part than there is gets no price below nothing. */
function tokensOf({ prompt_tokens, completion_tokens, prompt_tokens_details, completion_tokens_details }: Usage) {
  const cached = Math.min(prompt_tokens_details?.cached_tokens ?? 0, prompt_tokens)
  const written = Math.min(prompt_tokens_details?.cache_write_tokens ?? 0, prompt_tokens - cached)
  const heard = Math.min(prompt_tokens_details?.audio_tokens ?? 0, prompt_tokens - cached - written)
  const spoken = Math.min(completion_tokens_details?.audio_tokens ?? 0, completion_tokens)
  return {
    input_tokens: prompt_tokens,
    output_tokens: completion_tokens,
    cache_read_tokens: cached,
    ...(written > 0 && { cache_write_tokens: written }),
    ...(heard > 0 && { input_audio_tokens: heard }),
    ...(spoken > 0 && { output_audio_tokens: spoken }),
  }
}
