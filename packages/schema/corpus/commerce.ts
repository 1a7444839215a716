/** Invoices, orders, prices: zod 4. */

import { z } from 'zod'
import { entry } from './entry.ts'

const money = z.object({ amount: z.number(), currency: z.enum(['EUR', 'USD', 'NOK', 'GBP']) })
const address = z.object({
  name: z.string(),
  street: z.string(),
  line2: z.string().optional(),
  postcode: z.string().regex(/^[0-9A-Z -]{3,10}$/),
  city: z.string(),
  country: z.string().length(2).describe('ISO 3166-1 alpha-2'),
})
const line = z.object({
  sku: z.string(),
  description: z.string(),
  quantity: z.int().positive(),
  unitPrice: z.number().nonnegative(),
  vatRate: z.number().min(0).max(1).default(0.25),
})
const oslo = { name: 'Kari', street: 'Storgata 1', postcode: '0155', city: 'Oslo', country: 'NO' }
const tea = { sku: 'T-1', description: 'Tea', quantity: 2, unitPrice: 4.5 }

const payment = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('card'),
    last4: z.string().length(4),
    expires: z.tuple([z.int().min(1).max(12), z.int()]),
  }),
  z.object({ method: z.literal('transfer'), iban: z.string(), reference: z.string().optional() }),
  z.object({ method: z.literal('cash') }),
])

export const commerce = [
  entry(
    'invoice',
    z.object({
      number: z.string(),
      issued: z.iso.date(),
      due: z.iso.date().optional(),
      seller: address,
      buyer: address,
      lines: z.array(line).min(1),
      note: z.string().nullish(),
    }),
    { number: '1', issued: '2026-01-31', seller: oslo, buyer: { ...oslo, line2: 'c/o' }, lines: [tea], note: null },
    {
      number: '2',
      issued: '2026-01-31',
      due: '2026-02-28',
      seller: oslo,
      buyer: oslo,
      lines: [{ ...tea, vatRate: 0 }],
    },
  ),
  entry(
    'order with payment',
    z.object({ id: z.uuid(), lines: z.array(line), payment, placed: z.date() }),
    {
      id: '5f0c8a52-9f53-4f1e-8f0b-3f3f6c1d2e4a',
      lines: [tea],
      payment: { method: 'card', last4: '4242', expires: [12, 2027] },
      placed: new Date(1_760_000_000_000),
    },
    {
      id: '5f0c8a52-9f53-4f1e-8f0b-3f3f6c1d2e4a',
      lines: [],
      payment: { method: 'transfer', iban: 'NO9386011117947' },
      placed: new Date(0),
    },
  ),
  entry('payment alone', payment, { method: 'cash' }, { method: 'transfer', iban: 'X', reference: 'r' }),
  entry('price list by sku', z.record(z.string(), money), { 'T-1': { amount: 4.5, currency: 'EUR' } }, {}),
  entry('prices in each currency', z.record(z.enum(['EUR', 'USD']), z.number()), { EUR: 1, USD: 2 }),
  entry('prices in some currencies', z.partialRecord(z.enum(['EUR', 'USD', 'NOK']), z.number()), { EUR: 1 }, {}),
  entry(
    'cart',
    z.array(
      z.object({
        sku: z.string(),
        quantity: z.int(),
        options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
      }),
    ),
    [
      { sku: 'a', quantity: 1 },
      { sku: 'b', quantity: 2, options: { size: 'L', gift: true } },
    ],
  ),
  entry(
    'discount',
    z.union([z.object({ percent: z.number().min(0).max(100) }), z.object({ amount: money })]),
    { percent: 10 },
    { amount: { amount: 5, currency: 'USD' } },
  ),
  entry(
    'shipping quote',
    z.object({
      carrier: z.string(),
      days: z.tuple([z.int(), z.int()]),
      price: money.nullable(),
      insured: z.boolean().default(false),
    }),
    { carrier: 'Post', days: [1, 3], price: null },
    { carrier: 'Post', days: [2, 2], price: { amount: 9, currency: 'NOK' }, insured: true },
  ),
  entry(
    'stock movement',
    z.object({
      sku: z.string(),
      delta: z.int(),
      at: z.iso.datetime(),
      reason: z.enum(['sale', 'return', 'count', 'loss']),
    }),
    { sku: 'a', delta: -1, at: '2026-01-31T09:30:00Z', reason: 'sale' },
  ),
  entry(
    'customer',
    z.object({
      id: z.bigint(),
      email: z.email(),
      phone: z.e164().optional(),
      born: z.date().optional(),
      tags: z.set(z.string()),
    }),
    { id: 9007199254740993n, email: 'kari@example.org', tags: new Set(['vip']) },
    { id: 1n, email: 'a@example.org', phone: '+4799999999', born: new Date(0), tags: new Set() },
  ),
  entry(
    'refund',
    z.object({
      order: z.string(),
      lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).nonempty(),
      full: z.literal(true).optional(),
      reason: z.string().max(200).nullable(),
    }),
    { order: 'o', lines: [{ sku: 's', quantity: 1 }], reason: null },
    { order: 'o', lines: [{ sku: 's', quantity: 1 }], full: true, reason: 'broken' },
  ),
  entry('tax table', z.array(z.tuple([z.string(), z.number(), z.number().optional()])), [
    ['food', 0.15],
    ['books', 0, 5],
  ]),
  entry(
    'subscription',
    z.object({
      plan: z.enum(['free', 'pro', 'team']),
      seats: z.int().min(1).default(1),
      renews: z.union([z.iso.date(), z.literal('never')]),
      addons: z.array(z.enum(['sso', 'audit'])).default([]),
    }),
    { plan: 'free', renews: 'never' },
    { plan: 'team', seats: 5, renews: '2027-01-01', addons: ['sso'] },
  ),
  entry(
    'receipt from a photo',
    z.object({
      shop: z.string().nullable(),
      total: z.number().nullable(),
      items: z.array(z.object({ text: z.string(), price: z.number().nullish() })),
      confidence: z.number().min(0).max(1),
    }),
    {
      shop: null,
      total: 12,
      items: [{ text: 'Milk' }, { text: 'Bread', price: null }, { text: 'Tea', price: 3 }],
      confidence: 0.8,
    },
  ),
  entry('exchange rates', z.map(z.string(), z.number()), new Map([['EURNOK', 11.5]])),
  entry(
    'product',
    z.object({
      name: z.string(),
      url: z.url(),
      images: z.array(z.url()).max(10),
      weight: z.object({ value: z.number(), unit: z.enum(['g', 'kg']) }).optional(),
      attributes: z.record(z.string(), z.unknown()),
    }),
    {
      name: 'Tea',
      url: 'https://example.org/tea',
      images: [],
      attributes: { organic: true, origin: { country: 'LK' } },
    },
  ),
  entry(
    'bill of materials',
    z.object({
      part: z.string(),
      count: z.int(),
      get parts() {
        return z.array(bill).optional()
      },
    }),
    { part: 'bike', count: 1, parts: [{ part: 'wheel', count: 2, parts: [{ part: 'spoke', count: 36 }] }] },
  ),
  entry(
    'coupon',
    z.object({ code: z.templateLiteral(['SAVE-', z.int()]), until: z.coerce.date().optional() }),
    { code: 'SAVE-10' },
    { code: 'SAVE-5', until: new Date(1000) },
  ),
  entry(
    'ledger entry',
    z.strictObject({
      debit: z.string(),
      credit: z.string(),
      amount: z.bigint().positive(),
      memo: z.string().optional(),
    }),
    { debit: 'a', credit: 'b', amount: 100n },
    { debit: 'a', credit: 'b', amount: 1n, memo: 'm' },
  ),
]

const bill = z.object({
  part: z.string(),
  count: z.int(),
  get parts(): z.ZodOptional<z.ZodArray<z.ZodType>> {
    return z.array(bill).optional()
  },
})
