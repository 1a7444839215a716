// The tools of the prompts: small worlds with fixed data.
import type { JsonObject } from '../src/wire/json-object.ts'
import type { EvalTool } from './cases.ts'

const text = { type: 'string' }
const number = { type: 'number' }
const optionalText = { type: ['string', 'null'] }
const optionalNumber = { type: ['number', 'null'] }
const words = (description: string) => ({ type: 'string', description })

function tool(name: string, description: string, properties: JsonObject, run: EvalTool['run']): EvalTool {
  return { name, description, properties, run }
}

const customers = [
  { id: 'C-017', name: 'Lena Fischer', email: 'lena@example.org', city: 'Hamburg' },
  { id: 'C-021', name: 'Omar Haddad', email: 'omar@example.org', city: 'Leeds' },
]
const orders = [
  {
    id: 'ORD-1042',
    customer_id: 'C-017',
    sku: 'P-104',
    quantity: 1,
    total: 64.9,
    status: 'delivered',
    date: '2026-02-11',
  },
  {
    id: 'ORD-1050',
    customer_id: 'C-017',
    sku: 'P-201',
    quantity: 2,
    total: 38.1,
    status: 'shipped',
    date: '2026-03-01',
  },
  {
    id: 'ORD-1061',
    customer_id: 'C-021',
    sku: 'P-104',
    quantity: 1,
    total: 64.9,
    status: 'delivered',
    date: '2026-03-04',
  },
]
const products = [
  { sku: 'P-104', name: 'Copper kettle', price: 64.9, stock: 31 },
  { sku: 'P-201', name: 'Oak stool', price: 19.05, stock: 0 },
]

/** A shop. */
export const shop = [
  tool(
    'find_customer',
    'Find a customer by full name',
    { name: text },
    ({ name }) => customers.find((one) => one.name === name) ?? null,
  ),
  tool(
    'list_orders',
    'List the orders of a customer, newest last',
    {
      customer_id: words('Id of the customer, such as C-017'),
      status: { anyOf: [{ type: 'string', enum: ['open', 'shipped', 'delivered'] }, { type: 'null' }] },
    },
    ({ customer_id, status }) =>
      orders.filter((one) => one.customer_id === customer_id && (!status || one.status === status)),
  ),
  tool(
    'get_order',
    'One order by its id',
    { order_id: words('Such as ORD-1042') },
    ({ order_id }) => orders.find((one) => one.id === order_id) ?? null,
  ),
  tool(
    'get_product',
    'Name and price of a product',
    { sku: words('Such as P-104') },
    ({ sku }) => products.find((one) => one.sku === sku) ?? null,
  ),
  tool('product_stock', 'How many pieces of a product are in stock', { sku: words('Such as P-104') }, ({ sku }) => ({
    sku,
    stock: products.find((one) => one.sku === sku)?.stock ?? 0,
  })),
  tool(
    'refund_order',
    'Refund an order, in full or in part',
    {
      order_id: words('Such as ORD-1042'),
      amount: { type: ['number', 'null'], description: 'Leave out for a full refund' },
      reason: text,
    },
    ({ order_id }) => ({ order_id, refunded: true }),
  ),
]

/** Weather and a calendar. */
export const diary = [
  tool(
    'get_weather',
    'Weather forecast for a city',
    { city: text, date: { type: ['string', 'null'], format: 'date' } },
    ({ city }) => ({
      city,
      summary: city === 'Oslo' ? 'light rain' : 'sunny',
      high: city === 'Oslo' ? 4 : 11,
    }),
  ),
  tool('list_events', 'Events of one day in the calendar', { date: { type: 'string', format: 'date' } }, () => [
    { title: 'Dentist', start: '09:30' },
  ]),
  tool(
    'create_event',
    'Put an event into the calendar',
    {
      title: text,
      date: { type: 'string', format: 'date' },
      time: { ...optionalText, description: 'HH:MM, 24 hours' },
      attendees: { type: 'array', items: { type: 'string', format: 'email' } },
    },
    ({ title }) => ({ created: title }),
  ),
  tool('delete_event', 'Delete an event from the calendar', { event_id: text }, ({ event_id }) => ({
    deleted: event_id,
  })),
]

/** A help desk. */
export const helpdesk = [
  tool(
    'create_ticket',
    'Open a support ticket',
    {
      title: text,
      priority: { type: 'string', enum: ['low', 'normal', 'high'] },
      assignee: { ...optionalText, description: 'Name of the person' },
    },
    ({ title }) => ({ id: 'T-88', title }),
  ),
  tool(
    'close_ticket',
    'Close a ticket',
    { ticket_id: words('Such as T-88'), resolution: optionalText },
    ({ ticket_id }) => ({ closed: ticket_id }),
  ),
  tool('search_tickets', 'Search tickets by words', { query: text }, () => [
    { id: 'T-12', title: 'Printer jams' },
    { id: 'T-15', title: 'Printer offline' },
  ]),
]

/** A bank. */
export const bank = [
  tool(
    'convert_currency',
    'Convert an amount of money from one currency into another',
    { amount: number, from: words('ISO code'), to: words('ISO code') },
    ({ amount, to }) => ({
      amount: Number(amount) * 2,
      currency: to,
    }),
  ),
  tool(
    'transfer_money',
    'Transfer money between two accounts',
    { from_account: words('IBAN'), to_account: words('IBAN'), amount: number },
    () => ({ done: true }),
  ),
  tool('account_balance', 'Balance of an account', { account: words('IBAN') }, ({ account }) => ({
    account,
    balance: 1204.5,
    currency: 'EUR',
  })),
]

/** A flat with switches. */
export const home = [
  tool(
    'set_thermostat',
    'Set the temperature of a room, in degrees Celsius',
    { room: { type: 'string', enum: ['kitchen', 'bedroom', 'living_room'] }, temperature: number },
    (input) => ({ ...input }),
  ),
  tool(
    'switch_lights',
    'Switch the lights of a room',
    {
      room: { type: 'string', enum: ['kitchen', 'bedroom', 'living_room'] },
      state: { type: 'string', enum: ['on', 'off'] },
    },
    (input) => ({ ...input }),
  ),
  tool(
    'play_music',
    'Play music by an artist',
    { artist: text, volume: { type: ['integer', 'null'], minimum: 0, maximum: 100 } },
    (input) => ({ ...input }),
  ),
]

/** A mailbox. */
export const mail = [
  tool(
    'send_email',
    'Send an e-mail',
    { to: { type: 'string', format: 'email' }, subject: text, body: text },
    ({ to }) => ({ sent_to: to }),
  ),
  tool('search_emails', 'Search the mailbox', { query: text }, () => [
    { from: 'anna@example.org', subject: 'Lease contract' },
  ]),
  tool('find_contact', 'Look up the e-mail address of a person', { name: text }, ({ name }) => ({
    name,
    email: 'priya@example.org',
  })),
]

/** A lending library. */
export const library = [
  tool('search_books', 'Search the catalogue', { title: optionalText, author: optionalText }, () => [
    { book_id: 'B-311', title: 'The Left Hand of Darkness', author: 'Ursula Le Guin', available: 2 },
  ]),
  tool('find_member', 'Find a member by name', { name: text }, ({ name }) => ({ member_id: 'M-45', name })),
  tool('reserve_book', 'Reserve a book for a member', { book_id: text, member_id: text }, ({ book_id }) => ({
    reserved: book_id,
  })),
  tool('list_loans', 'Books that a member has borrowed, with due dates', { member_id: text }, () => [
    { title: 'Dune', due: '2026-03-20' },
    { title: 'Emma', due: '2026-03-12' },
  ]),
]

/** Travel. */
export const travel = [
  tool(
    'search_flights',
    'Search flights between two cities on a date',
    { origin: text, destination: text, date: { type: 'string', format: 'date' } },
    () => [{ flight: 'SK 812', price: 189 }],
  ),
  tool(
    'book_hotel',
    'Book a hotel room',
    {
      city: text,
      check_in: { type: 'string', format: 'date' },
      nights: { type: 'integer' },
      guests: { type: ['integer', 'null'] },
    },
    () => ({ confirmation: 'HX-77' }),
  ),
  tool('distance', 'Distance between two places by road, in kilometres', { from: text, to: text }, () => ({ km: 464 })),
]

/** Staff. */
export const staff = [
  tool('find_employee', 'Find an employee by name', { name: text }, ({ name }) => ({
    employee_id: name === 'Mei Tanaka' ? 'E-9' : 'E-4',
    name,
  })),
  tool(
    'vacation_days',
    'Vacation days that an employee has left this year',
    { employee_id: text },
    ({ employee_id }) => ({ employee_id, days_left: employee_id === 'E-9' ? 12 : 7 }),
  ),
  tool(
    'list_employees',
    'Employees of a department',
    { department: { type: 'string', enum: ['sales', 'engineering', 'support'] } },
    () => [
      { name: 'Mei Tanaka', salary: 5200 },
      { name: 'Jonas Berg', salary: 4800 },
    ],
  ),
  tool(
    'log_hours',
    'Log working hours on a project',
    { project: text, hours: number, date: { type: 'string', format: 'date' }, note: optionalText },
    () => ({ logged: true }),
  ),
]

/** A kitchen scale and a calculator. */
export const numbers = [
  tool('add', 'Add two numbers', { a: number, b: number }, ({ a, b }) => Number(a) + Number(b)),
  tool('multiply', 'Multiply two numbers', { a: number, b: number }, ({ a, b }) => Number(a) * Number(b)),
  tool(
    'convert_units',
    'Convert a quantity from one unit to another',
    {
      value: number,
      from_unit: { type: 'string', enum: ['kg', 'lb', 'km', 'mile'] },
      to_unit: { type: 'string', enum: ['kg', 'lb', 'km', 'mile'] },
    },
    () => ({ value: 5 }),
  ),
  tool(
    'set_timer',
    'Start a kitchen timer',
    { minutes: number, label: optionalText, repeat: optionalNumber },
    ({ minutes }) => ({ started: minutes }),
  ),
]
