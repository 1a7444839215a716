// The prompts that the rules are never tuned on: written before the rules, run to be counted, not to be repaired.
import type { EvalCase } from './cases.ts'
import { booking, invoice } from './schemas.ts'
import { bank, diary, helpdesk, home, library, mail, numbers, shop, staff, travel } from './tool-sets.ts'

/** Fourteen prompts: 3 literal, 7 paraphrased, 4 where holding back is right. */
export const heldOut: readonly EvalCase[] = [
  {
    name: 'two customers compared',
    kind: 'literal',
    tools: shop,
    prompt: 'List the orders of Lena Fischer and Omar Haddad.',
    expected: {
      type: 'calls',
      turns: [
        [
          { name: 'find_customer', input: { name: 'Lena Fischer' } },
          { name: 'find_customer', input: { name: 'Omar Haddad' } },
        ],
        [
          { name: 'list_orders', input: { customer_id: 'C-017' } },
          { name: 'list_orders', input: { customer_id: 'C-021' } },
        ],
      ],
      says: ['ORD-1042', 'ORD-1061'],
    },
  },
  {
    name: 'price and stock of one product',
    kind: 'paraphrase',
    tools: shop,
    prompt: 'What does P-201 cost and do we still have any in the warehouse?',
    expected: {
      type: 'calls',
      turns: [
        [
          { name: 'get_product', input: { sku: 'P-201' } },
          { name: 'product_stock', input: { sku: 'P-201' } },
        ],
      ],
      says: ['19.05', '0'],
    },
  },
  {
    name: 'a refund of nothing named',
    kind: 'hold back',
    tools: shop,
    prompt: 'Lena Fischer is unhappy, refund her.',
    expected: { type: 'holds back', names: ['order'] },
  },
  {
    name: 'a meeting in the diary',
    kind: 'paraphrase',
    tools: diary,
    prompt: 'Schedule "Sprint planning" for this Friday at 3pm, and invite kim@example.org.',
    expected: {
      type: 'calls',
      turns: [
        [
          {
            name: 'create_event',
            input: { title: 'Sprint planning', date: '2026-03-13', time: '15:00', attendees: ['kim@example.org'] },
          },
        ],
      ],
    },
  },
  {
    name: 'closing a ticket',
    kind: 'paraphrase',
    tools: helpdesk,
    prompt: 'T-88 is solved, you can close it.',
    expected: { type: 'calls', turns: [[{ name: 'close_ticket', input: { ticket_id: 'T-88' } }]] },
  },
  {
    name: 'between two accounts',
    kind: 'literal',
    tools: bank,
    prompt: 'Transfer 125.50 euros from DE89370400440532013000 to NO9386011117947.',
    expected: {
      type: 'calls',
      turns: [
        [
          {
            name: 'transfer_money',
            input: { from_account: 'DE89370400440532013000', to_account: 'NO9386011117947', amount: 125.5 },
          },
        ],
      ],
    },
  },
  {
    name: 'a door that is not there',
    kind: 'hold back',
    tools: home,
    prompt: 'Lock the front door and tell me when you are done.',
    expected: { type: 'holds back' },
  },
  {
    name: 'inbox',
    kind: 'paraphrase',
    tools: mail,
    prompt: 'Did I get anything in my inbox about "lease contract"?',
    expected: {
      type: 'calls',
      turns: [[{ name: 'search_emails', input: { query: /^lease contract$/i } }]],
      says: ['anna@example.org'],
    },
  },
  {
    name: 'reserve for a member',
    kind: 'paraphrase',
    tools: library,
    prompt: 'Put B-311 aside for the member M-45.',
    expected: { type: 'calls', turns: [[{ name: 'reserve_book', input: { book_id: 'B-311', member_id: 'M-45' } }]] },
  },
  {
    name: 'how far',
    kind: 'paraphrase',
    tools: travel,
    prompt: 'How far is it from Oslo to Bergen by car?',
    expected: { type: 'calls', turns: [[{ name: 'distance', input: { from: 'Oslo', to: 'Bergen' } }]], says: ['464'] },
  },
  {
    name: 'salaries of a department',
    kind: 'hold back',
    tools: staff,
    prompt: 'Give everybody in sales a raise of 5 percent.',
    expected: { type: 'holds back' },
  },
  {
    name: 'a product of two numbers',
    kind: 'paraphrase',
    tools: numbers,
    prompt: 'How much is 17.5 times 12?',
    expected: { type: 'calls', turns: [[{ name: 'multiply', input: { a: 17.5, b: 12 } }]], says: ['210'] },
  },
  {
    name: 'an invoice without a total',
    kind: 'hold back',
    schema: invoice,
    prompt: `Invoice from: Fjord Papir AS
Invoice no: 2026-77
Date: 2026-02-02

- 3 x Notebook A5 at 4.20
- 1 x Ink bottle at 11.00`,
    expected: { type: 'holds back', names: ['total'] },
  },
  {
    name: 'a table for four',
    kind: 'literal',
    schema: booking,
    prompt: 'Reservation\nName: Hanna Kowalska\nDate: 21 March 2026\nTime: 19:30\nPeople: 4',
    expected: { type: 'value', value: { guest: 'Hanna Kowalska', date: '2026-03-21', time: '19:30', people: 4 } },
  },
]
