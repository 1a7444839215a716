import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConnectionError } from '../src/errors/connection-error.ts'
import { refusal } from '../src/errors/refusal.ts'
import { askedDelay, longestWait, retryDelay } from '../src/send/retry.ts'

const refused = (status: number, retryAfter?: number, more = {}) =>
  refusal({ status, server: {}, body: '', retryAfter, ...more })

describe('the delay that a server asks for', () => {
  const now = Date.parse('2026-01-01T00:00:00.400Z')
  test.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '20', 'retry-after': '30' }, 20],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:02 GMT' }, 2000],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'NaN' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, undefined],
    [{}, undefined],
  ])('%o is %o ms', (headers, expected) => {
    expect(askedDelay(headers as Record<string, string>, now)).toBe(expected)
  })
})

test.each([
  ['a bad request', refused(400)],
  ['no key', refused(401)],
  ['nothing left to spend', refused(429, undefined, { server: { code: 'insufficient_quota' } })],
  ['a wait of an hour', refused(429, 3_600_000)],
  ['a server that says no', refused(500, undefined, { shouldRetry: false })],
  ['a certificate that is not trusted', new ConnectionError('x', { reason: 'tls' })],
])('%s is not tried again', (_, error) => {
  expect(retryDelay(error, 0, 5, 0.5)).toBeUndefined()
})

test.each([408, 409, 429, 500, 502, 503, 529])('%i is tried again', (status) => {
  expect(retryDelay(refused(status), 0, 1, 0.5)).toBe(250)
})

test('a name that does not exist is looked up once more', () => {
  const cause = Object.assign(new Error('x'), { code: 'ENOTFOUND' })
  const error = new ConnectionError('x', { reason: 'dns', cause })
  expect([0, 1].map((retries) => retryDelay(error, retries, 5, 0.5))).toEqual([250, undefined])
})

test('Q16: waits are as long as asked, and no more attempts are made than allowed', () => {
  const asked = fc.option(fc.integer({ min: 1, max: 2 * longestWait }), { nil: undefined })
  fc.assert(
    fc.property(
      fc.array(asked, { maxLength: 12 }),
      fc.nat(6),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (delays, most, random) => {
        let retries = 0
        for (const delay of delays) {
          const wait = retryDelay(refused(429, delay), retries, most, random)
          if (retries >= most || (delay ?? 0) > longestWait) {
            expect(wait).toBeUndefined()
            return
          }
          expect(wait).toBeGreaterThanOrEqual(delay ?? 0)
          expect(wait).toBeLessThanOrEqual((delay ?? 8000) + 251)
          retries += 1
        }
      },
    ),
    { numRuns: 10_000 },
  )
})
