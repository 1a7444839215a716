/** Tokens of one completion. Cached tokens are inside `prompt_tokens`, reasoning tokens inside `completion_tokens`. */
export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details?:
    | {
        cached_tokens?: number | undefined
        audio_tokens?: number | undefined
        text_tokens?: number | undefined
        image_tokens?: number | undefined
        cache_write_tokens?: number | undefined
      }
    | null
    | undefined
  completion_tokens_details?:
    | {
        reasoning_tokens?: number | undefined
        audio_tokens?: number | undefined
        text_tokens?: number | undefined
        accepted_prediction_tokens?: number | undefined
        rejected_prediction_tokens?: number | undefined
      }
    | null
    | undefined
}
