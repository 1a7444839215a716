import { expect, test } from 'vitest'
import { fetchFaults as browser } from '../src/runtime-browser.ts'
import { systemFaults as everywhere } from '../src/transport/system-faults.ts'

const url = 'https://models.example.com/v1/chat/completions'
// A `fetch` rejects with a TypeError, of which browsers tell no more. https://fetch.spec.whatwg.org/#fetch-method
const causes = [new TypeError('Failed to fetch'), new DOMException('Gone.', 'NetworkError'), undefined]

test.each(causes)('an error without a code means in a browser what it means everywhere (%s)', (cause) => {
  for (const kind of ['request', 'body'] as const) {
    const [here, there] = [browser[kind](cause, url), everywhere[kind](cause, url)]
    expect(here.toJSON()).toEqual(there.toJSON())
    expect({ ...here }).toEqual({ ...there })
    expect(here.cause).toBe(there.cause)
  }
})
