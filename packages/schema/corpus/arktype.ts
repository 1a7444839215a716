/** Arktype. */

import { type } from 'arktype'
import { entry } from './entry.ts'

export const arktype = [
  entry(
    'user',
    type({ id: 'number.integer', name: 'string > 0', 'email?': 'string.email' }),
    { id: 1, name: 'x' },
    { id: 1, name: 'x', email: 'a@example.org' },
  ),
  entry('nullable', type({ a: 'string | null', 'b?': 'number | null' }), { a: null }, { a: 'x', b: null }),
  entry('enumerated', type("'low' | 'high'"), 'low'),
  entry('list', type({ items: 'string[]' }), { items: ['a'] }),
  entry('tuple', type(['string', 'number']), ['a', 1]),
  entry('record', type({ '[string]': 'number' }), { a: 1 }, {}),
  entry(
    'union of objects',
    type({ kind: "'a'", 'x?': 'string' }).or({ kind: "'b'", y: 'boolean' }),
    { kind: 'a' },
    { kind: 'b', y: true },
  ),
  entry('bounds', type({ age: '0 <= number <= 150', code: '/^[A-Z]{2}$/' }), { age: 5, code: 'NO' }),
  entry('default', type({ limit: 'number = 20' }), {}, { limit: 1 }),
  entry(
    'nested',
    type({ user: { 'address?': { city: 'string' } } }),
    { user: {} },
    { user: { address: { city: 'Oslo' } } },
  ),
]
