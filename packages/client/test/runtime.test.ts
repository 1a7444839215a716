import { expect, test } from 'vitest'
import { bodyFault, requestFault } from '../src/runtime.ts'
import { bodyFault as bodyFaultOfBrowser, requestFault as requestFaultOfBrowser } from '../src/runtime-browser.ts'

const url = 'https://models.example.com/v1/chat/completions'
// A `fetch` rejects with a TypeError, of which browsers tell no more. https://fetch.spec.whatwg.org/#fetch-method
const causes = [new TypeError('Failed to fetch'), new DOMException('Gone.', 'NetworkError'), undefined]

test.each(causes)('an error without a code means in a browser what it means everywhere (%s)', (cause) => {
  const pairs = [
    [requestFaultOfBrowser(cause, url), requestFault(cause, url)],
    [bodyFaultOfBrowser(cause), bodyFault(cause, url)],
  ] as const
  for (const [here, everywhere] of pairs) {
    expect(here.toJSON()).toEqual(everywhere.toJSON())
    expect({ ...here }).toEqual({ ...everywhere })
    expect(here.cause).toBe(everywhere.cause)
  }
})
