/**
 * How servers differ from OpenAI, as one table. A profile is chosen by the base URL and may be overridden field by field
 * (`compat`). Each cell has its source.
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

type Field = Exclude<keyof Profile, 'name'>
type Cells = { readonly [K in Field]: readonly [value: Profile[K], source: string] }

const spec = 'https://platform.openai.com/docs/api-reference/chat/create'
const common = 'what servers have in common; sent as the caller gave it'
const azure = 'https://learn.microsoft.com/azure/ai-foundry/openai/reference'
const vllm = 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html'
const ollama = 'https://docs.ollama.com/api/openai-compatibility'
const llamacpp = 'https://github.com/ggml-org/llama.cpp/tree/master/tools/server'
const deepseek = 'https://api-docs.deepseek.com/api/create-chat-completion'
const openrouter = 'https://openrouter.ai/docs/api-reference/parameters'
const mistral = 'https://docs.mistral.ai/api'
const piMono = 'https://github.com/badlogic/pi-mono packages/ai/src/providers/openai-completions.ts'
const pydanticAi = 'https://github.com/pydantic/pydantic-ai pydantic_ai_slim/pydantic_ai'

const generic: Cells = {
  maxTokensField: ['max_tokens', piMono],
  jsonSchema: [true, common],
  strict: [true, common],
  usageInStream: [true, common],
  namedToolChoice: [true, common],
  toolChoiceNone: [true, common],
  reasoningField: ['reasoning_content', piMono],
  reasoningSentBack: [false, common],
  developerRole: [true, common],
  finishReasonOptional: [false, 'https://github.com/anomalyco/opencode/issues/39968'],
}

const openai: Cells = {
  maxTokensField: ['max_completion_tokens', spec],
  jsonSchema: [true, spec],
  strict: [true, spec],
  usageInStream: [true, spec],
  namedToolChoice: [true, spec],
  toolChoiceNone: [true, spec],
  reasoningField: [undefined, spec],
  reasoningSentBack: [false, spec],
  developerRole: [true, spec],
  finishReasonOptional: [false, spec],
}

const table: Readonly<Record<ProfileName, Cells>> = {
  generic,
  openai,
  azure: { ...openai, maxTokensField: ['max_completion_tokens', azure], developerRole: [true, azure] },
  vllm: {
    ...generic,
    maxTokensField: ['max_completion_tokens', vllm],
    jsonSchema: [true, vllm],
    reasoningField: ['reasoning', pydanticAi],
    finishReasonOptional: [true, 'https://github.com/vllm-project/vllm/issues/27572'],
  },
  ollama: {
    ...generic,
    jsonSchema: [true, ollama],
    strict: [false, ollama],
    usageInStream: [true, ollama],
    namedToolChoice: [false, ollama],
    toolChoiceNone: [false, ollama],
    reasoningField: ['reasoning', pydanticAi],
    finishReasonOptional: [true, `${pydanticAi}/models/openai.py`],
  },
  llamacpp: {
    ...generic,
    jsonSchema: [true, llamacpp],
    strict: [false, llamacpp],
    namedToolChoice: [false, llamacpp],
    reasoningField: ['reasoning_content', llamacpp],
  },
  deepseek: {
    ...generic,
    maxTokensField: ['max_tokens', deepseek],
    jsonSchema: [false, deepseek],
    strict: [false, deepseek],
    usageInStream: [true, deepseek],
    namedToolChoice: [true, deepseek],
    reasoningField: ['reasoning_content', deepseek],
    reasoningSentBack: [true, `${pydanticAi}/models/openai.py`],
    developerRole: [false, 'https://github.com/earendil-works/pi/issues/1048'],
  },
  openrouter: {
    ...generic,
    jsonSchema: [true, openrouter],
    strict: [true, openrouter],
    reasoningField: ['reasoning', openrouter],
    reasoningSentBack: [true, openrouter],
  },
  mistral: {
    ...generic,
    maxTokensField: ['max_tokens', mistral],
    jsonSchema: [true, mistral],
    strict: [true, mistral],
    usageInStream: [false, mistral],
    reasoningField: [undefined, mistral],
    developerRole: [false, mistral],
  },
}

/** Every profile, by name. */
export const profiles = Object.fromEntries(
  Object.entries(table).map(([name, cells]) => [name, { name, ...column(cells, 0) }]),
) as unknown as Readonly<Record<ProfileName, Profile>>

/** Where each cell of a profile comes from. */
export function profileSources(name: ProfileName): Readonly<Record<Field, string>> {
  return column(table[name], 1) as Record<Field, string>
}

function column(cells: Cells, at: 0 | 1): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cells).map(([field, cell]) => [field, cell[at]]))
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
