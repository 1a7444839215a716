// The prompts that the rules may be tuned on.
import type { EvalCase } from './cases.ts'
import { complaint, contact, invoice, log } from './schemas.ts'
import { bank, diary, helpdesk, home, library, mail, numbers, shop, staff, travel } from './tool-sets.ts'

/** Twenty-six prompts: 7 literal, 13 paraphrased, 6 where holding back is right. */
export const tuned: readonly EvalCase[] = [
  {
    name: 'orders of a customer, counted and summed',
    kind: 'literal',
    tools: shop,
    prompt: 'How many orders has Lena Fischer placed, and what did they cost in total?',
    expected: {
      type: 'calls',
      turns: [
        [{ name: 'find_customer', input: { name: 'Lena Fischer' } }],
        [{ name: 'list_orders', input: { customer_id: 'C-017' } }],
      ],
      says: ['2', '103'],
    },
  },
  {
    name: 'two stocks at once',
    kind: 'literal',
    tools: shop,
    prompt: 'What is in stock of P-104 and P-201?',
    expected: {
      type: 'calls',
      turns: [
        [
          { name: 'product_stock', input: { sku: 'P-104' } },
          { name: 'product_stock', input: { sku: 'P-201' } },
        ],
      ],
      says: ['31', '0'],
    },
  },
  {
    name: 'refund with a reason',
    kind: 'literal',
    tools: shop,
    prompt: 'Refund order ORD-1042 for Lena Fischer because the kettle arrived broken.',
    expected: {
      type: 'calls',
      turns: [[{ name: 'refund_order', input: { order_id: 'ORD-1042', reason: /kettle arrived broken/ } }]],
    },
  },
  {
    name: 'money back',
    kind: 'paraphrase',
    tools: shop,
    prompt: 'ORD-1050 never came. Please give the customer 20 euros back for it.',
    expected: {
      type: 'calls',
      turns: [[{ name: 'refund_order', input: { order_id: 'ORD-1050', amount: 20, reason: /never came/ } }]],
    },
  },
  {
    name: 'where is it',
    kind: 'paraphrase',
    tools: shop,
    prompt: 'Has ORD-1061 been delivered yet?',
    expected: { type: 'calls', turns: [[{ name: 'get_order', input: { order_id: 'ORD-1061' } }]], says: ['delivered'] },
  },
  {
    name: 'umbrella',
    kind: 'paraphrase',
    tools: diary,
    prompt: 'Will I need an umbrella in Oslo tomorrow?',
    expected: {
      type: 'calls',
      turns: [[{ name: 'get_weather', input: { city: 'Oslo', date: '2026-03-11' } }]],
      says: ['light rain'],
    },
  },
  {
    name: 'two cities compared',
    kind: 'paraphrase',
    tools: diary,
    prompt: 'Which is warmer today, Oslo or Bergen?',
    expected: {
      type: 'calls',
      turns: [
        [
          { name: 'get_weather', input: { city: 'Oslo', date: '2026-03-10' } },
          { name: 'get_weather', input: { city: 'Bergen', date: '2026-03-10' } },
        ],
      ],
      says: ['11'],
    },
  },
  {
    name: 'event with attendees',
    kind: 'literal',
    tools: diary,
    prompt: 'Create an event "Budget review" on 24 March 2026 at 14:30 with anna@example.org and bo@example.org.',
    expected: {
      type: 'calls',
      turns: [
        [
          {
            name: 'create_event',
            input: {
              title: 'Budget review',
              date: '2026-03-24',
              time: '14:30',
              attendees: ['anna@example.org', 'bo@example.org'],
            },
          },
        ],
      ],
    },
  },
  {
    name: 'am I free',
    kind: 'paraphrase',
    tools: diary,
    prompt: "What's on my calendar next Monday?",
    expected: { type: 'calls', turns: [[{ name: 'list_events', input: { date: '2026-03-16' } }]], says: ['Dentist'] },
  },
  {
    name: 'deleting without an id',
    kind: 'hold back',
    tools: diary,
    prompt: 'Delete the event with the dentist.',
    expected: { type: 'holds back', names: ['event'] },
  },
  {
    name: 'a ticket in other words',
    kind: 'paraphrase',
    tools: helpdesk,
    prompt: 'Please file a high priority ticket titled "VPN drops every hour" for Jonas Berg.',
    expected: {
      type: 'calls',
      turns: [
        [{ name: 'create_ticket', input: { title: 'VPN drops every hour', priority: 'high', assignee: 'Jonas Berg' } }],
      ],
    },
  },
  {
    name: 'a ticket without a priority',
    kind: 'hold back',
    tools: helpdesk,
    prompt: 'Create a ticket "Mouse is broken".',
    expected: { type: 'holds back', names: ['priority'] },
  },
  {
    name: 'look for tickets',
    kind: 'paraphrase',
    tools: helpdesk,
    prompt: 'Are there any tickets about printers?',
    expected: {
      type: 'calls',
      turns: [[{ name: 'search_tickets', input: { query: /^printers?$/i } }]],
      says: ['Printer jams', 'Printer offline'],
    },
  },
  {
    name: 'currency',
    kind: 'literal',
    tools: bank,
    prompt: 'Convert 250 US dollars to euros.',
    expected: {
      type: 'calls',
      turns: [[{ name: 'convert_currency', input: { amount: 250, from: 'USD', to: 'EUR' } }]],
      says: ['500'],
    },
  },
  {
    name: 'transfer without a target',
    kind: 'hold back',
    tools: bank,
    prompt: 'Transfer 80 euros from DE89370400440532013000.',
    expected: { type: 'holds back', names: ['to'] },
  },
  {
    name: 'too cold',
    kind: 'paraphrase',
    tools: home,
    prompt: 'Turn the heating in the living room up to 22 degrees and switch off the kitchen lights.',
    expected: {
      type: 'calls',
      turns: [
        [
          { name: 'set_thermostat', input: { room: 'living_room', temperature: 22 } },
          { name: 'switch_lights', input: { room: 'kitchen', state: 'off' } },
        ],
      ],
    },
  },
  {
    name: 'mail to a contact',
    kind: 'paraphrase',
    tools: mail,
    prompt: 'Write Priya Natarajan a mail with the subject "Lunch" saying "Are you free on Friday?"',
    expected: {
      type: 'calls',
      turns: [
        [{ name: 'find_contact', input: { name: 'Priya Natarajan' } }],
        [{ name: 'send_email', input: { to: 'priya@example.org', subject: 'Lunch', body: 'Are you free on Friday?' } }],
      ],
    },
  },
  {
    name: 'no tool for it',
    kind: 'hold back',
    tools: mail,
    prompt: 'Delete all the e-mails from anna@example.org.',
    expected: { type: 'holds back' },
  },
  {
    name: 'borrowed books',
    kind: 'paraphrase',
    tools: library,
    prompt: 'Which books does Carla Mendes still have at home?',
    expected: {
      type: 'calls',
      turns: [
        [{ name: 'find_member', input: { name: 'Carla Mendes' } }],
        [{ name: 'list_loans', input: { member_id: 'M-45' } }],
      ],
      says: ['Dune', 'Emma'],
    },
  },
  {
    name: 'flights',
    kind: 'paraphrase',
    tools: travel,
    prompt: 'I want to fly from Hamburg to Lisbon on the 2nd of April 2026. What is there?',
    expected: {
      type: 'calls',
      turns: [[{ name: 'search_flights', input: { origin: 'Hamburg', destination: 'Lisbon', date: '2026-04-02' } }]],
      says: ['SK 812'],
    },
  },
  {
    name: 'nothing here writes poems',
    kind: 'hold back',
    tools: numbers,
    prompt: 'Write a poem about the sea.',
    expected: { type: 'holds back' },
  },
  {
    name: 'days off of two people',
    kind: 'paraphrase',
    tools: staff,
    prompt: 'How much holiday do Mei Tanaka and Jonas Berg still have?',
    expected: {
      type: 'calls',
      turns: [
        [
          { name: 'find_employee', input: { name: 'Mei Tanaka' } },
          { name: 'find_employee', input: { name: 'Jonas Berg' } },
        ],
        [
          { name: 'vacation_days', input: { employee_id: 'E-9' } },
          { name: 'vacation_days', input: { employee_id: 'E-4' } },
        ],
      ],
      says: ['12', '7'],
    },
  },
  {
    name: 'a labelled invoice',
    kind: 'literal',
    schema: invoice,
    prompt: `Nordwind Bureau AS
Storgata 4, 0155 Oslo

INVOICE
Invoice number: INV-2026-0311
Invoice date: 12 March 2026

Description            Qty   Unit price    Amount
Desk lamp                2        34.50     69.00
Office chair             1       189.00    189.00

Subtotal: 258.00
VAT 25%: 64.50
Total: 322.50`,
    expected: {
      type: 'value',
      value: {
        vendor: 'Nordwind Bureau AS',
        invoice_number: 'INV-2026-0311',
        date: '2026-03-12',
        line_items: [
          { description: 'Desk lamp', quantity: 2, unit_price: 34.5 },
          { description: 'Office chair', quantity: 1, unit_price: 189 },
        ],
        total: 322.5,
      },
    },
  },
  {
    name: 'a log',
    kind: 'literal',
    schema: log,
    prompt: `service: checkout

2026-03-09T08:00:01Z INFO  receipt sent
2026-03-09T08:00:07Z ERROR payment for ORD-7 failed: card declined
2026-03-09T08:01:00Z WARN  slow answer, 4200 ms`,
    expected: {
      type: 'value',
      value: {
        entries: [
          { time: '2026-03-09T08:00:01Z', level: 'INFO', message: 'receipt sent' },
          { time: '2026-03-09T08:00:07Z', level: 'ERROR', message: 'payment for ORD-7 failed: card declined' },
          { time: '2026-03-09T08:01:00Z', level: 'WARN', message: 'slow answer, 4200 ms' },
        ],
      },
    },
  },
  {
    name: 'a contact in a sentence',
    kind: 'paraphrase',
    schema: contact,
    prompt:
      'You can reach our colleague Tobias Lindqvist under tobias@nordlys.example, or call him at +47 22 33 44 55.',
    expected: {
      type: 'value',
      value: { name: 'Tobias Lindqvist', company: null, email: 'tobias@nordlys.example', phone: '+47 22 33 44 55' },
    },
  },
  {
    name: 'a complaint without an order id',
    kind: 'hold back',
    schema: complaint,
    prompt:
      'From: Ines Roth <ines@example.org>\nSubject: broken\n\nHello, the lamp arrived broken. I would like a refund.\n\nInes Roth',
    expected: { type: 'holds back', names: ['order_id'] },
  },
]
