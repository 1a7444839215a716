import { expect, test } from 'vitest'
import { profileSources } from '../src/profiles/profile-sources.ts'
import { profileFor, profiles } from '../src/profiles/profiles.ts'

test.each([
  ['https://api.openai.com/v1', 'openai'],
  ['https://x.openai.azure.com/openai/v1', 'azure'],
  ['https://api.deepseek.com', 'deepseek'],
  ['https://openrouter.ai/api/v1', 'openrouter'],
  ['https://api.mistral.ai/v1', 'mistral'],
  ['http://localhost:11434/v1', 'ollama'],
  ['http://127.0.0.1:8080/v1', 'llamacpp'],
  ['http://127.0.0.1:8000/v1', 'vllm'],
  ['https://api.openai.com.evil.example/v1', 'generic'],
  ['http://10.0.0.1:8000/v1', 'generic'],
])('%s is %s', (url, name) => {
  expect(profileFor(url).name).toBe(name)
})

test('`compat` names a profile, or changes fields of the one of the URL', () => {
  expect(profileFor('http://10.0.0.1/v1', 'vllm')).toEqual(profiles.vllm)
  expect(profileFor('https://api.openai.com/v1', { strict: false })).toEqual({ ...profiles.openai, strict: false })
})

test('every cell has a source', () => {
  for (const name of Object.keys(profiles) as (keyof typeof profiles)[]) {
    const { name: _, ...cells } = profiles[name]
    const sources = profileSources(name)
    expect(Object.keys(sources)).toEqual(Object.keys(cells))
    expect(Object.values(sources).every((source) => source.length > 0)).toBe(true)
  }
})
