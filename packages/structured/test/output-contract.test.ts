import { answers, cutOff, refuses, says, scriptedModel } from '@pawl/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { outputContract, parseCompletion, responseFormat } from '../src/index.ts'

const schema = z.object({ tags: z.record(z.string(), z.number()), note: z.string().optional() })
const text = '{"tags":[{"key":"a","value":1}],"note":null}'
const value = { tags: { a: 1 } }

test('responseFormat is the plain wire object, with a name that servers take', () => {
  const format = responseFormat(schema, 'my answer!')
  const { type, json_schema } = JSON.parse(JSON.stringify(format))
  expect([type, json_schema.name, json_schema.strict, json_schema.schema.required]).toEqual([
    'json_schema',
    'my_answer_',
    true,
    ['tags', 'note'],
  ])
  expect(format.json_schema.schema).toEqual(json_schema.schema)
})

test('responseFormat carries what the stream of the client reads with', () => {
  const hook = Reflect.get(responseFormat(schema), Symbol.for('pawl.parse'))
  const partial = hook.partial()
  expect([partial.push(text.slice(0, 20)), partial.push(text.slice(20))]).toEqual([value, value])
  expect(hook.final(text)).toEqual(value)
  expect(() => hook.final('{}')).toThrow(expect.objectContaining({ code: 'structured_output', text: '{}' }))
})

test.each([
  ['a value', says(text), undefined],
  ['a fenced value', says(`\`\`\`json\n${text}\n\`\`\``), undefined],
  ['a refusal', refuses('No.'), 'refusal'],
  ['a filtered answer', says(text, { finish: 'content_filter' }), 'content_filter'],
  ['a cut answer', cutOff(says(text)), 'output_limit'],
  ['another value', says('{"tags":1}'), 'structured_output'],
  ['an empty answer', says(''), 'structured_output'],
])('parseCompletion reads %s', async (_, turn, code) => {
  const completion = await scriptedModel([turn]).complete({ messages: [] })
  if (code === undefined) expect(parseCompletion(completion, schema)).toEqual(value)
  else
    expect(() => parseCompletion(completion, schema)).toThrow(
      expect.objectContaining({ code, completions: [completion] }),
    )
})

test('parseCompletion of a completion without choices says that it is empty', async () => {
  const completion = await scriptedModel([says('')]).complete({ messages: [] })
  const bare = await scriptedModel([answers({ ...completion, choices: [] })]).complete({ messages: [] })
  expect(() => parseCompletion(bare, schema)).toThrow(expect.objectContaining({ code: 'structured_output' }))
})

test('a contract reads, tells what is wrong, and shows how far a text has come', () => {
  const contract = outputContract(schema)
  expect(contract.parse(`Here: ${text}`)).toEqual({ ok: true, value })
  const broken = contract.parse('{"tags":[],"note":5}')
  expect(broken).toMatchObject({ ok: false, issues: [{ path: ['note'] }] })
  expect(contract.repairMessage(broken.ok ? [] : broken.issues)).toEqual({
    role: 'user',
    content: expect.stringContaining('- note: Invalid input: expected string, received number'),
  })
  expect([contract.partial('{"note":"ha'), contract.partial('No.')]).toEqual([{ note: 'ha' }, undefined])
})
