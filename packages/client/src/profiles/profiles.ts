/**
 * How servers differ from OpenAI, as one table. A profile is chosen by the base URL and may be overridden field by field
 * (`compat`). Each cell has its source, in a table of its own: programs do not carry it along.
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

/** The servers of the table. */
export type ProfileName =
  | 'generic'
  | 'openai'
  | 'azure'
  | 'vllm'
  | 'ollama'
  | 'llamacpp'
  | 'deepseek'
  | 'openrouter'
  | 'mistral'

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
  developerRole: true,
  finishReasonOptional: false,
}

const openai: Profile = {
  ...generic,
  name: 'openai',
  maxTokensField: 'max_completion_tokens',
  reasoningField: undefined,
}

/** Every profile, by name. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  generic,
  openai,
  azure: { ...openai, name: 'azure' },
  vllm: {
    ...generic,
    name: 'vllm',
    maxTokensField: 'max_completion_tokens',
    reasoningField: 'reasoning',
    finishReasonOptional: true,
  },
  ollama: {
    ...generic,
    name: 'ollama',
    strict: false,
    namedToolChoice: false,
    toolChoiceNone: false,
    reasoningField: 'reasoning',
    finishReasonOptional: true,
  },
  llamacpp: { ...generic, name: 'llamacpp', strict: false, namedToolChoice: false },
  deepseek: {
    ...generic,
    name: 'deepseek',
    jsonSchema: false,
    strict: false,
    reasoningSentBack: true,
    developerRole: false,
  },
  openrouter: { ...generic, name: 'openrouter', reasoningField: 'reasoning', reasoningSentBack: true },
  mistral: { ...generic, name: 'mistral', usageInStream: false, reasoningField: undefined, developerRole: false },
}

/** A profile by name, or fields that differ from the one of the base URL. */
export type Compat = ProfileName | Partial<Omit<Profile, 'name'>>

/** Loopback ports that these servers take when they are not told another. */
const localPorts: ReadonlyMap<string, ProfileName> = new Map([
  ['11434', 'ollama'],
  ['8080', 'llamacpp'],
  ['8000', 'vllm'],
])

const hosts: readonly (readonly [RegExp, ProfileName])[] = [
  [/(^|\.)openai\.com$/, 'openai'],
  [/\.azure\.com$|\.azure\.us$/, 'azure'],
  [/(^|\.)deepseek\.com$/, 'deepseek'],
  [/(^|\.)openrouter\.ai$/, 'openrouter'],
  [/(^|\.)mistral\.ai$/, 'mistral'],
]

/** The profile that the base URL tells, with what `compat` says otherwise. */
export function profileFor(baseURL: string, compat?: Compat): Profile {
  const url = new URL(baseURL)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ? localPorts.get(url.port) : undefined
  const named: ProfileName =
    typeof compat === 'string' ? compat : (hosts.find(([host]) => host.test(url.hostname))?.[1] ?? local ?? 'generic')
  return typeof compat === 'object' ? { ...profiles[named], ...compat } : profiles[named]
}
