import { expect, test } from 'vitest'
import { factsOf } from '../../src/language/facts.ts'
import { today } from '../ask.ts'

test.each([
  ['Lena Fischer lives in Oslo', ['person Lena Fischer', 'place Oslo']],
  ['Play something by Miles Davis', ['person Miles Davis']],
  ['Refund Lena Fischer for ORD-7', ['person Lena Fischer']],
  ['weather in oslo', ['place oslo']],
  ['Write to ada@example.org or call +47 22 33 44 55', ['email ada@example.org', 'phone +47 22 33 44 55']],
  ['ORD-1042, P-104, INV-2026-0311 and #4711', ['id ORD-1042', 'id P-104', 'id INV-2026-0311', 'id 4711']],
  ['IBAN DE89370400440532013000', ['id DE89370400440532013000']],
  ['see https://example.org/a?b=1.', ['url https://example.org/a?b=1']],
  ['tomorrow', ['date 2026-03-11']],
  ['on 24 March 2026 at 14:30', ['date 2026-03-24', 'time 14:30']],
  ['next Monday at 3pm', ['date 2026-03-16', 'time 15:00']],
  ['at 7:05', ['time 07:05']],
  ['2026-03-09T08:00:01Z ERROR', ['timestamp 2026-03-09T08:00:01Z', 'level ERROR']],
  ['1,204.50 euros', ['number 1204.5', 'currency EUR']],
  ['1.204,50 €, 12,5 % and $7', ['number 1204.5', 'currency EUR', 'number 12.5', 'currency USD', 'number 7']],
  ['for 3 hours', ['number 3']],
  ['three tickets titled "Two and a half"', ['number 3', 'quoted Two and a half']],
  ['250 Canadian dollars', ['number 250', 'currency CAD']],
])('%s', async (text, expected) => {
  const facts = await factsOf(text, today)
  const kinds = expected.map((one) => one.split(' ')[0])
  expect(facts.filter((fact) => kinds.includes(fact.kind)).map((fact) => `${fact.kind} ${fact.value}`)).toEqual(
    expected,
  )
  for (const fact of facts) expect(text.slice(fact.start, fact.end)).toBe(fact.text)
})
