import { describe, expect, test } from 'vitest'
import { ask, callsOf, offer, withResults } from './ask.ts'

const text = { type: 'string' }
const id = (example: string) => ({ type: 'string', description: `Such as ${example}` })
const findCustomer = offer('find_customer', 'Find a customer by name', { name: text })
const listOrders = offer('list_orders', 'List the orders of a customer', { customer_id: id('C-001') })
const stock = offer('product_stock', 'How many pieces of a product are in stock', { sku: id('P-104') })
const refund = offer('refund_order', 'Refund an order', { order_id: id('ORD-1042'), reason: text })
const shop = [findCustomer, listOrders, stock, refund]

describe('tools', () => {
  test('values named in a row are looked up in parallel', async () => {
    const message = await ask('What is in stock of P-104, P-201 and P-300?', { tools: shop })
    expect(callsOf(message)).toEqual(['P-104', 'P-201', 'P-300'].map((sku) => ['product_stock', { sku }]))
    expect(new Set(message.tool_calls?.map((call) => call.id)).size).toBe(3)
  })

  test('without parallel_tool_calls one call is made at a time, until all are made', async () => {
    const prompt = 'What is in stock of P-104 and P-201?'
    const extra = { tools: shop, parallel_tool_calls: false }
    const first = await ask(prompt, extra)
    const second = await ask(withResults(prompt, { message: first, results: [{ stock: 3 }] }), extra)
    expect([callsOf(first), callsOf(second)]).toEqual([
      [['product_stock', { sku: 'P-104' }]],
      [['product_stock', { sku: 'P-201' }]],
    ])
  })

  test('an id that is missing is looked up first, and the rows that come back are counted and added up', async () => {
    const prompt = 'How many orders has Lena Fischer placed, and what did they cost in total?'
    const first = await ask(prompt, { tools: shop })
    const found = { message: first, results: [{ id: 'C-017', name: 'Lena Fischer' }] }
    const second = await ask(withResults(prompt, found), { tools: shop })
    const rows = [
      { id: 'ORD-1', total: 0.1 },
      { id: 'ORD-2', total: 0.2 },
    ]
    const last = await ask(withResults(prompt, found, { message: second, results: [rows] }), { tools: shop })
    expect(callsOf(first)).toEqual([['find_customer', { name: 'Lena Fischer' }]])
    expect(callsOf(second)).toEqual([['list_orders', { customer_id: 'C-017' }]])
    expect(last.content).toBe(
      '2 orders for Lena Fischer (C-017); total in all 0.30:\n- id ORD-1, total 0.1\n- id ORD-2, total 0.2',
    )
  })

  test('nobody of that name ends it, in the words of the tool', async () => {
    const prompt = 'List the orders of Lena Fischer.'
    const message = await ask(prompt, { tools: shop })
    const said = await ask(withResults(prompt, { message, results: ['No such customer.'] }), { tools: shop })
    expect(said).toMatchObject({ content: 'customer Lena Fischer: No such customer.' })
  })

  test('"then" waits for what stands before it', async () => {
    const prompt = 'Look up the stock of P-104, then refund order ORD-1042 because it was damaged.'
    const first = await ask(prompt, { tools: shop })
    const second = await ask(withResults(prompt, { message: first, results: [{ stock: 1 }] }), { tools: shop })
    expect([callsOf(first), callsOf(second)]).toEqual([
      [['product_stock', { sku: 'P-104' }]],
      [['refund_order', { order_id: 'ORD-1042', reason: 'it was damaged' }]],
    ])
  })

  test.each([
    'Can ORD-1042 be refunded?',
    'Do not refund order ORD-1042.',
    'How many refunds were there for order ORD-1042?',
    'Cancel order ORD-1042 because it is late.',
    'If the kettle is broken, refund order ORD-1042 because of that.',
    'Refund order ORD-1042 because it is late, unless it has been delivered.',
    'I refunded order ORD-1042 yesterday because it was broken.',
    'Should I refund order ORD-1042 because it is broken?',
    'Look up P-104 and explain "refund order ORD-1042 because it broke".',
  ])('%s calls nothing that has an effect', async (prompt) => {
    const calls = callsOf(await ask(prompt, { tools: shop }))
    expect(calls.filter(([name]) => name === 'refund_order')).toEqual([])
  })

  test('what is missing is asked for, and the reply is understood as the answer', async () => {
    const question = await ask('Refund order ORD-1042', { tools: shop })
    expect(question.content).toBe('For refund_order I still need reason. What should I use?')
    const history = [
      { role: 'user', content: 'Refund order ORD-1042' },
      question,
      { role: 'user', content: 'It never came' },
    ]
    expect(callsOf(await ask(history, { tools: shop }))).toEqual([
      ['refund_order', { order_id: 'ORD-1042', reason: 'It never came' }],
    ])
  })

  test('a question that is waved away is not answered by that', async () => {
    const question = await ask('Refund order ORD-1042', { tools: shop })
    const history = [
      { role: 'user', content: 'Refund order ORD-1042' },
      question,
      { role: 'user', content: 'Never mind.' },
    ]
    expect((await ask(history, { tools: shop })).tool_calls).toBeUndefined()
  })

  test('an amount that the tool has no place for stops the call', async () => {
    const said = await ask('Refund 20 euros of order ORD-1042 because of the dent.', { tools: shop })
    expect(said.content).toBe('refund_order has no place for “20”, so I have not called it. What should I do?')
  })

  test('a follow-up takes up the last question with a new value', async () => {
    const weather = offer('get_weather', 'Weather of a city', { city: text })
    const first = await ask('What is the weather in Oslo?', { tools: [weather] })
    const history = [
      ...withResults('What is the weather in Oslo?', { message: first, results: [{ sky: 'grey' }] }),
      { role: 'assistant', content: 'Grey.' },
    ]
    expect(callsOf(await ask([...history, { role: 'user', content: 'And Bergen?' }], { tools: [weather] }))).toEqual([
      ['get_weather', { city: 'Bergen' }],
    ])
  })

  test('a part that no tool serves is said so beside the rest', async () => {
    const prompt = 'What is in stock of P-104? Paint the kettle green.'
    const message = await ask(prompt, { tools: shop })
    const said = await ask(withResults(prompt, { message, results: [{ stock: 2 }] }), { tools: shop })
    expect(said.content).toBe('product stock P-104: stock 2.')
  })

  test('nothing that fits is said with a list of what there is', async () => {
    const said = await ask('Sing me a song', { tools: [stock] })
    expect(said.content).toBe(
      'I am a set of rules, not a language model, and nothing in this request fits a tool that I can use. I can use:\n- product_stock: How many pieces of a product are in stock',
    )
  })

  test('names of methods are names like any other', async () => {
    const odd = offer('constructor', 'Colour of a thing', { toString: text })
    const extra = { tools: [odd], tool_choice: { type: 'function', function: { name: 'constructor' } } }
    expect(callsOf(await ask('toString: blue', extra))).toEqual([['constructor', { toString: 'blue' }]])
  })
})

describe('tool_choice', () => {
  test('none calls nothing, and tells what results are there', async () => {
    const prompt = 'What is in stock of P-104?'
    expect((await ask(prompt, { tools: shop, tool_choice: 'none' })).tool_calls).toBeUndefined()
    const message = await ask(prompt, { tools: shop })
    const told = await ask(withResults(prompt, { message, results: [{ stock: 9 }] }), {
      tools: shop,
      tool_choice: 'none',
    })
    expect(told.content).toBe('product stock P-104: stock 9.')
  })

  test('a named function is filled from the text, or refused by the names of its fields', async () => {
    const extra = { tools: shop, tool_choice: { type: 'function', function: { name: 'refund_order' } } }
    expect(callsOf(await ask('ORD-1042, because the lid is missing', extra))).toEqual([
      ['refund_order', { order_id: 'ORD-1042', reason: 'the lid is missing' }],
    ])
    expect((await ask('Good morning', extra)).refusal).toBe(
      'I could not find order_id, reason in the text, and I do not make values up.',
    )
  })

  test('allowed_tools keeps the others out', async () => {
    const allowed = {
      type: 'allowed_tools',
      allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'list_orders' } }] },
    }
    expect((await ask('What is in stock of P-104?', { tools: shop, tool_choice: allowed })).tool_calls).toBeUndefined()
  })
})

test('more text than the rules read in one turn is refused as by a model with that window', async () => {
  const refused = ask('word '.repeat(30_000), { tools: shop })
  await expect(refused).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded', param: 'messages' })
})

describe('response_format', () => {
  const object = (properties: Record<string, unknown>) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  })
  const wanted = (properties: Record<string, unknown>) => ({
    response_format: { type: 'json_schema', json_schema: { name: 'out', strict: true, schema: object(properties) } },
  })

  test('json_schema is filled, and null where null may stand', async () => {
    const { content } = await ask(
      'Name: Ada Byron\nBorn: 10 December 1815',
      wanted({
        name: text,
        born: { type: 'string', format: 'date' },
        died: { type: ['string', 'null'], format: 'date' },
      }),
    )
    expect(JSON.parse(content ?? '')).toEqual({ name: 'Ada Byron', born: '1815-12-10', died: null })
  })

  test('json_schema with a field that the text lacks is refused', async () => {
    expect(await ask('Name: Ada Byron', wanted({ name: text, email: { type: 'string', format: 'email' } }))).toEqual({
      role: 'assistant',
      content: null,
      refusal: 'I could not find email in the text, and I do not make values up.',
    })
  })

  test('json_schema beside tools is filled once the tools have answered', async () => {
    const prompt = 'What is in stock of P-104?'
    const extra = { tools: shop, ...wanted({ sku: text, stock: { type: 'integer' } }) }
    const message = await ask(prompt, extra)
    const { content } = await ask(withResults(prompt, { message, results: [{ sku: 'P-104', stock: 9 }] }), extra)
    expect(JSON.parse(content ?? '')).toEqual({ sku: 'P-104', stock: 9 })
  })

  test('json_object gives the labelled lines, or follows a schema that a message quotes', async () => {
    const extra = { response_format: { type: 'json_object' } }
    expect((await ask('As JSON:\nColour: blue\nSize: 4', extra)).content).toBe('{"Colour":"blue","Size":"4"}')
    const quoted = `Answer as JSON after {"type":"object","properties":{"size":{"type":"integer"}},"required":["size"]}\nSize: 4`
    expect((await ask(quoted, extra)).content).toBe('{"size":4}')
  })
})
