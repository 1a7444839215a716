import { describe, expect, test } from 'vitest'
import { fillSchema, missingOf, toObject } from '../../src/fill/fill-schema.ts'
import { documentSource } from '../../src/fill/source.ts'
import { read } from '../../src/language/reading.ts'
import { stemsOf } from '../../src/language/words.ts'
import { today } from '../ask.ts'

const text = { type: 'string' }
const number = { type: 'number' }
const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

async function fromDocument(document: string, properties: Record<string, unknown>) {
  const filling = fillSchema(object(properties), [], documentSource(await read(document, today)))
  const missing = missingOf(filling).map((slot) => slot.path.join('.'))
  return missing.length > 0 ? { missing } : toObject(filling)
}

async function fromRequest(request: string, properties: Record<string, unknown>, around = '') {
  const reading = await read(request, today)
  const source = { ...documentSource(reading), type: 'request' as const, ignored: new Set<string>() }
  const filling = fillSchema(object(properties), stemsOf(around), source)
  const missing = missingOf(filling).map((slot) => slot.path.join('.'))
  return missing.length > 0 ? { missing } : toObject(filling)
}

describe('in a request', () => {
  test.each([
    ['from Oslo to Bergen', { from: text, to: text }, { from: 'Oslo', to: 'Bergen' }],
    ['to Bergen from Oslo', { from: text, to: text }, { from: 'Oslo', to: 'Bergen' }],
    ['between Oslo and Bergen', { from: text, to: text }, { from: 'Oslo', to: 'Bergen' }],
  ])('distance %s', async (request, properties, expected) => {
    expect(await fromRequest(request, properties, 'distance between places')).toEqual(expected)
  })

  test.each([
    ['3 nights for 2 guests', { nights: { type: 'integer' }, guests: { type: 'integer' } }, { nights: 3, guests: 2 }],
    ['at a price of 20 euros, 3 pieces', { price: number, pieces: { type: 'integer' } }, { price: 20, pieces: 3 }],
    ['add 3 and 4', { a: number, b: number }, { a: 3, b: 4 }],
    ['add 3, 4 and 5', { a: number, b: number }, { missing: ['a', 'b'] }],
    ['set the volume to 120', { volume: { type: 'integer', maximum: 100 } }, { missing: ['volume'] }],
    ['a dinner', { guests: { type: ['integer', 'null'] } }, { guests: null }],
    ['with high priority', { priority: { type: 'string', enum: ['low', 'high'] } }, { priority: 'high' }],
    ['low or high priority', { priority: { type: 'string', enum: ['low', 'high'] } }, { missing: ['priority'] }],
    ['switch off the lights', { state: { type: 'string', enum: ['on', 'off'] } }, { state: 'off' }],
    ['lights on Monday', { state: { type: 'string', enum: ['on', 'off'] } }, { missing: ['state'] }],
    [
      '5 km in miles',
      { from_unit: { enum: ['km', 'mile'] }, to_unit: { enum: ['km', 'mile'] } },
      { from_unit: 'km', to_unit: 'mile' },
    ],
    [
      'convert 250 US dollars to euros',
      { amount: number, from_currency: text, to_currency: text },
      { amount: 250, from_currency: 'USD', to_currency: 'EUR' },
    ],
    [
      'with ada@example.org and bo@example.org',
      { emails: { type: 'array', items: text } },
      { emails: ['ada@example.org', 'bo@example.org'] },
    ],
    ['with nobody', { emails: { type: 'array', items: text } }, { emails: [] }],
    ['order ORD-7 of customer C-3', { customer_id: text, order_id: text }, { customer_id: 'C-3', order_id: 'ORD-7' }],
    ['X-9', { order_id: { ...text, description: 'such as ORD-7' } }, { missing: ['order_id'] }],
    ['x9', { code: { ...text, pattern: '^[A-Z]{2}$' } }, { missing: ['code'] }],
    ['without gluten', { gluten: { type: 'boolean' } }, { gluten: false }],
  ])('%s', async (request, properties, expected) => {
    expect(await fromRequest(request, properties)).toEqual(expected)
  })

  test('text is taken for what it is said to be', async () => {
    const request = 'Write a mail with the subject "Lunch" saying "Are you free?"'
    expect(await fromRequest(request, { body: text, subject: text })).toEqual({
      body: 'Are you free?',
      subject: 'Lunch',
    })
    expect(await fromRequest('Refund it because the lid is missing.', { reason: text })).toEqual({
      reason: 'the lid is missing',
    })
  })
})

describe('in a document', () => {
  test('labels find their fields under other names, nested ones too', async () => {
    const document = 'Invoice no: 17\nInvoice date: 3 May 2026\nDue date: 2 June 2026\nVAT 25%: 2.50\nTotal: EUR 12.50'
    const properties = {
      number: text,
      dates: object({
        issued: { type: ['string', 'null'], format: 'date' },
        due_date: { type: 'string', format: 'date' },
      }),
      tax: number,
      total: number,
    }
    expect(await fromDocument(document, properties)).toEqual({
      number: '17',
      dates: { issued: null, due_date: '2026-06-02' },
      tax: 2.5,
      total: 12.5,
    })
  })

  test('a value that one label has placed fills no other field', async () => {
    const day = { type: ['string', 'null'], format: 'date' }
    expect(await fromDocument('Born: 10 December 1815', { born: day, died: day })).toEqual({
      born: '1815-12-10',
      died: null,
    })
  })

  test('a vendor is a company, never a date or a person', async () => {
    expect(await fromDocument('Fjord Papir AS\n2026-05-01', { vendor: text })).toEqual({ vendor: 'Fjord Papir AS' })
    expect(await fromDocument('1 May 2026\nAda Byron', { vendor: text })).toEqual({ missing: ['vendor'] })
  })

  test('a mail tells who writes, what is wrong and what is wanted', async () => {
    const mail =
      'From: Ada Byron <ada@example.org>\nSubject: Order ORD-7\n\nHello,\nthe lamp arrived broken. I would like a refund, please.\n\nAda'
    const properties = {
      customer: text,
      order_id: text,
      issue: text,
      wanted: { type: 'string', enum: ['refund', 'repair'] },
    }
    expect(await fromDocument(mail, properties)).toEqual({
      customer: 'Ada Byron',
      order_id: 'ORD-7',
      issue: 'the lamp arrived broken.',
      wanted: 'refund',
    })
  })

  const line = object({ item: text, qty: { type: 'integer' }, price: number })
  const lamps = [
    { item: 'Lamp', qty: 2, price: 30 },
    { item: 'Oak stool', qty: 1, price: 19.5 },
  ]
  test.each([
    [
      'a table of columns',
      'Item        Qty   Price\n-----------------------\nLamp          2   30.00\nOak stool     1   19.50\n\nTotal: 79.50',
    ],
    ['a table of bars', '| Item | Qty | Price |\n|---|---|---|\n| Lamp | 2 | 30.00 |\n| Oak stool | 1 | 19.50 |'],
    ['comma-separated values', 'item,qty,price\nLamp,2,30.00\nOak stool,1,19.50'],
    ['bullet points', '- 2 x Lamp at 30.00\n- 1 x Oak stool at 19.50\nTotal: 79.50'],
  ])('%s becomes a list of objects', async (_, document) => {
    expect(await fromDocument(document, { lines: { type: 'array', items: line } })).toEqual({ lines: lamps })
  })

  test('a log becomes entries, and "errors" those that are', async () => {
    const log =
      'service: shop\n2026-05-01T08:00:00Z INFO  shop started\n2026-05-01T08:00:09Z ERROR shop ORD-7 failed: no stock'
    const entry = object({ time: text, level: text, message: text })
    const failed = { time: '2026-05-01T08:00:09Z', level: 'ERROR', message: 'ORD-7 failed: no stock' }
    const started = { time: '2026-05-01T08:00:00Z', level: 'INFO', message: 'started' }
    expect(await fromDocument(log, { entries: { type: 'array', items: entry } })).toEqual({
      entries: [started, failed],
    })
    expect(await fromDocument(log, { errors: { type: 'array', items: entry } })).toEqual({ errors: [failed] })
  })

  test('a list that is not there is missing, not empty', async () => {
    expect(await fromDocument('Total: 5', { total: number, lines: { type: 'array', items: line } })).toEqual({
      missing: ['lines'],
    })
  })

  test('pairs are the labelled lines under their heading', async () => {
    const pair = object({ key: text, value: text })
    const document = 'Name: Ada\n\nSettings:\nColour: blue\nSize: 4\n\nOther: x'
    expect(await fromDocument(document, { settings: { type: 'array', items: pair } })).toEqual({
      settings: [
        { key: 'Colour', value: 'blue' },
        { key: 'Size', value: '4' },
      ],
    })
    expect(await fromDocument(document, { headers: { type: 'array', items: pair } })).toEqual({ missing: ['headers'] })
  })

  test('of several forms the one that the text fills is taken, and none when two are', async () => {
    const forms = {
      anyOf: [
        object({ kind: { const: 'card' }, card_number: text }),
        object({ kind: { const: 'cash' }, coins: { type: 'integer' } }),
      ],
    }
    expect(await fromDocument('Coins: 7', { payment: forms })).toEqual({ payment: { kind: 'cash', coins: 7 } })
    expect(await fromDocument('Coins: 7\nCard number: 4', { payment: forms })).toEqual({ missing: ['payment'] })
  })

  test('references are followed, and a schema that refers to itself ends', async () => {
    const schema = {
      type: 'object',
      properties: { who: { $ref: '#/$defs/name' }, next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } },
      required: ['who', 'next'],
      $defs: { name: text },
    }
    const filling = fillSchema(schema, [], documentSource(await read('Who: Ada', today)))
    expect([toObject(filling)['who'], missingOf(filling)]).toEqual(['Ada', []])
  })
})
