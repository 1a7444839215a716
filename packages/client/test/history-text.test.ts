import fc from 'fast-check'
import { expect, test } from 'vitest'
import { profileFor } from '../src/profiles/profiles.ts'
import { bodyText } from '../src/request/body-text.ts'
import { fixJson } from '../src/request/fixed-json.ts'
import type { Message } from '../src/types/message.ts'

const [official, unknown] = [profileFor('https://api.openai.com/v1'), profileFor('http://127.0.0.1:1/v1')]

const sent = (messages: readonly Message[], more: object = {}, profile = official): unknown =>
  JSON.parse(bodyText({ messages, model: 'm', ...more }, profile))

const said = (content: string): Message => fixJson({ role: 'user', content })

test('messages stand last, so that the next request begins with this one', () => {
  const messages = [said('one')]
  expect(bodyText({ messages, model: 'm', tools: [] }, official)).toBe(
    '{"model":"m","tools":[],"messages":[{"role":"user","content":"one"}]}',
  )
})

test('a list that does not go on from the one before is written anew', () => {
  const [one, two, three] = [said('one'), said('two'), said('three')]
  expect(sent([one, two])).toEqual({ model: 'm', messages: [one, two] })
  expect(sent([three, two])).toEqual({ model: 'm', messages: [three, two] })
  expect(sent([two])).toEqual({ model: 'm', messages: [two] })
  expect(sent([one, two, three])).toEqual({ model: 'm', messages: [one, two, three] })
  expect(sent([one, two])).toEqual({ model: 'm', messages: [one, two] })
})

test('a list is never taken for another that was changed in place', () => {
  const messages: Message[] = [said('one'), said('two')]
  sent(messages)
  messages[0] = said('other')
  messages.push({ role: 'user', content: 'not fixed' })
  expect(sent(messages)).toEqual({ model: 'm', messages: structuredClone(messages) })
  Object.assign(messages[2] as Message, { content: 'changed' })
  expect(sent(messages)).toEqual({ model: 'm', messages: structuredClone(messages) })
})

test('whichever lists are sent, and to which server, each is written as if it were the first', () => {
  const pool = Array.from({ length: 6 }, (_, at): Message => {
    const role = at % 3 === 0 ? 'developer' : at % 3 === 1 ? 'user' : 'assistant'
    const message: Message = { role, content: `${at} "größer" 👋` }
    return at < 5 ? fixJson(message) : message
  })
  const step = fc.record({
    keep: fc.nat(8),
    add: fc.array(fc.constantFrom(...pool), { maxLength: 4 }),
    profile: fc.constantFrom(official, unknown),
    more: fc.constantFrom({}, { temperature: 1 }, { tool_choice: 'none' }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let list: readonly Message[] = []
      for (const { keep, add, profile, more } of steps) {
        list = [...list.slice(0, keep), ...add]
        const copies = structuredClone(list)
        expect(sent(list, more, profile)).toEqual(sent(copies, more, profile))
      }
    }),
  )
})
