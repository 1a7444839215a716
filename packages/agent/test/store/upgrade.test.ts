import type { StoredEvent } from '@pawl/agent'
import { expect, test } from 'vitest'
import { type Upgrade, upgrade } from '../../src/store/upgrade.ts'
import { logOf, said, started } from './events.ts'

const steps: readonly Upgrade[] = [
  (event) => ({ ...event, second: true }),
  (event) => (event.second ? { ...event, third: true } : event),
]
const [first, second] = logOf('a', started, said('x')) as [StoredEvent, StoredEvent]

test('an event of an old version passes each step up to the present one', () => {
  expect(upgrade(first, 1, steps)).toEqual({ ...first, second: true, third: true, v: 3 })
  expect(upgrade(second, 2, steps)).toEqual(second)
  expect(upgrade(second, 1, steps)).toEqual({ ...second, second: true, third: true })
})

test('an event of the present version is the same object', () => {
  expect(upgrade(second, 3, steps)).toBe(second)
})

test('an event of a newer version is refused', () => {
  expect(() => upgrade(second, 4, steps)).toThrow('written by a newer Pawl (log version 4); this one knows 3')
})
