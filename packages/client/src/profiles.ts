/**
 * How servers differ from OpenAI, as one table. A profile is chosen by the base URL and may be overridden field by field
 * (`compat`). Sources beside the cells.
 */

export interface Profile {
  readonly name: string
  /** the field that bounds the answer */
  readonly maxTokensField: 'max_completion_tokens' | 'max_tokens'
  /** whether `response_format: json_schema` is known */
  readonly jsonSchema: boolean
  /** whether `strict` is understood on tools and schemas */
  readonly strict: boolean
  /** whether `stream_options.include_usage` is understood */
  readonly usageInStream: boolean
  /** whether one function can be forced by name */
  readonly namedToolChoice: boolean
  /** whether `tool_choice: 'none'` is obeyed; if not, tools are left out instead */
  readonly toolChoiceNone: boolean
  /** where the model's thinking stands in an answer */
  readonly reasoningField: 'reasoning_content' | 'reasoning' | undefined
  /** whether that field must go back with a tool turn */
  readonly reasoningSentBack: boolean
  /** whether the role `developer` is known */
  readonly developerRole: boolean
  /** whether a stream may end at `[DONE]` without a finish reason */
  readonly finishReasonOptional: boolean
}

const generic: Profile = {
  name: 'generic',
  maxTokensField: 'max_tokens',
  jsonSchema: true,
  strict: true,
  usageInStream: true,
  namedToolChoice: true,
  toolChoiceNone: true,
  reasoningField: 'reasoning_content',
  reasoningSentBack: false,
  developerRole: false,
  finishReasonOptional: false,
}

export const profiles = {
  generic,
  // https://platform.openai.com/docs/api-reference/chat/create
  openai: {
    ...generic,
    name: 'openai',
    maxTokensField: 'max_completion_tokens',
    reasoningField: undefined,
    developerRole: true,
  },
  // https://learn.microsoft.com/azure/ai-foundry/openai/reference
  azure: {
    ...generic,
    name: 'azure',
    maxTokensField: 'max_completion_tokens',
    reasoningField: undefined,
    developerRole: true,
  },
  // https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
  vllm: { ...generic, name: 'vllm', reasoningField: 'reasoning' },
  // https://docs.ollama.com/api/openai-compatibility: tool_choice is not supported; a finish reason may be missing
  ollama: {
    ...generic,
    name: 'ollama',
    strict: false,
    namedToolChoice: false,
    toolChoiceNone: false,
    reasoningField: 'reasoning',
    finishReasonOptional: true,
  },
  // https://github.com/ggml-org/llama.cpp/tree/master/tools/server
  llamacpp: { ...generic, name: 'llamacpp', strict: false, namedToolChoice: false },
  // https://api-docs.deepseek.com/guides/json_mode and /guides/reasoning_model: thinking goes back with tool turns
  deepseek: { ...generic, name: 'deepseek', jsonSchema: false, strict: false, reasoningSentBack: true },
  // https://openrouter.ai/docs/use-cases/reasoning-tokens
  openrouter: { ...generic, name: 'openrouter', reasoningField: 'reasoning', reasoningSentBack: true },
  // https://docs.mistral.ai/api: stream_options is not in the API, usage comes by itself
  mistral: { ...generic, name: 'mistral', usageInStream: false, reasoningField: undefined },
} as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles

/** A profile by name, or fields that differ from the one of the base URL. */
export type Compat = ProfileName | Partial<Omit<Profile, 'name'>>

const hosts: readonly (readonly [RegExp, ProfileName])[] = [
  [/(^|\.)openai\.com$/, 'openai'],
  [/\.azure\.com$|\.azure\.us$/, 'azure'],
  [/(^|\.)deepseek\.com$/, 'deepseek'],
  [/(^|\.)openrouter\.ai$/, 'openrouter'],
  [/(^|\.)mistral\.ai$/, 'mistral'],
]
const localPorts: ReadonlyMap<string, ProfileName> = new Map([
  ['11434', 'ollama'],
  ['8080', 'llamacpp'],
  ['8000', 'vllm'],
])

export function profileFor(baseURL: string, compat?: Compat): Profile {
  const url = new URL(baseURL)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ? localPorts.get(url.port) : undefined
  const named: ProfileName =
    typeof compat === 'string' ? compat : (hosts.find(([host]) => host.test(url.hostname))?.[1] ?? local ?? 'generic')
  return typeof compat === 'object' ? { ...profiles[named], ...compat } : profiles[named]
}
