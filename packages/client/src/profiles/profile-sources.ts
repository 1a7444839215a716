/** Where each cell of the table of servers comes from. */

import type { Profile, ProfileName } from './profiles.ts'

type Sources = Readonly<Record<Exclude<keyof Profile, 'name'>, string>>

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

const generic: Sources = {
  maxTokensField: piMono,
  jsonSchema: common,
  strict: common,
  usageInStream: common,
  namedToolChoice: common,
  toolChoiceNone: common,
  reasoningField: piMono,
  reasoningSentBack: common,
  developerRole: common,
  finishReasonOptional: 'https://github.com/anomalyco/opencode/issues/39968',
}

const openai: Sources = {
  maxTokensField: spec,
  jsonSchema: spec,
  strict: spec,
  usageInStream: spec,
  namedToolChoice: spec,
  toolChoiceNone: spec,
  reasoningField: spec,
  reasoningSentBack: spec,
  developerRole: spec,
  finishReasonOptional: spec,
}

/** Made when it is asked for, so that a bundle which never asks leaves it out. */
const table = (): Readonly<Record<ProfileName, Sources>> => ({
  generic,
  openai,
  azure: { ...openai, maxTokensField: azure, developerRole: azure },
  vllm: {
    ...generic,
    maxTokensField: vllm,
    jsonSchema: vllm,
    reasoningField: pydanticAi,
    finishReasonOptional: 'https://github.com/vllm-project/vllm/issues/27572',
  },
  ollama: {
    ...generic,
    jsonSchema: ollama,
    strict: ollama,
    usageInStream: ollama,
    namedToolChoice: ollama,
    toolChoiceNone: ollama,
    reasoningField: pydanticAi,
    finishReasonOptional: `${pydanticAi}/models/openai.py`,
  },
  llamacpp: {
    ...generic,
    jsonSchema: llamacpp,
    strict: llamacpp,
    namedToolChoice: llamacpp,
    reasoningField: llamacpp,
  },
  deepseek: {
    ...generic,
    maxTokensField: deepseek,
    jsonSchema: deepseek,
    strict: deepseek,
    usageInStream: deepseek,
    namedToolChoice: deepseek,
    reasoningField: deepseek,
    reasoningSentBack: `${pydanticAi}/models/openai.py`,
    developerRole: 'https://github.com/earendil-works/pi/issues/1048',
  },
  openrouter: {
    ...generic,
    jsonSchema: openrouter,
    strict: openrouter,
    reasoningField: openrouter,
    reasoningSentBack: openrouter,
  },
  mistral: {
    ...generic,
    maxTokensField: mistral,
    jsonSchema: mistral,
    strict: mistral,
    usageInStream: mistral,
    reasoningField: mistral,
    developerRole: mistral,
  },
})

/** Where each cell of a profile comes from. */
export function profileSources(name: ProfileName): Sources {
  return table()[name]
}
