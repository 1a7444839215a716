/** Plain JSON Schema: tools of MCP servers, OpenAPI, older drafts. */

import { entry } from './entry.ts'

const text = { type: 'string' }

export const jsonSchema = [
  entry('no parameters', { type: 'object' }, {}),
  entry('no parameters, closed', { type: 'object', properties: {}, additionalProperties: false }, {}),
  entry(
    'read a file',
    {
      type: 'object',
      properties: {
        path: { ...text, description: 'Absolute path' },
        head: { type: 'number' },
        tail: { type: 'number' },
      },
      required: ['path'],
    },
    { path: 'a' },
    { path: 'a', head: 5 },
  ),
  entry(
    'edit a file',
    {
      type: 'object',
      properties: {
        path: text,
        edits: {
          type: 'array',
          items: {
            type: 'object',
            properties: { oldText: text, newText: text },
            required: ['oldText', 'newText'],
            additionalProperties: false,
          },
        },
        dryRun: { type: 'boolean', default: false },
      },
      required: ['path', 'edits'],
      additionalProperties: false,
      $schema: 'http://json-schema.org/draft-07/schema#',
    },
    { path: 'a', edits: [{ oldText: 'x', newText: 'y' }] },
  ),
  entry(
    'create entities',
    {
      type: 'object',
      properties: {
        entities: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: text, entityType: text, observations: { type: 'array', items: text } },
            required: ['name', 'entityType', 'observations'],
          },
        },
      },
      required: ['entities'],
    },
    { entities: [{ name: 'a', entityType: 'b', observations: [] }] },
  ),
  entry(
    'definitions of draft 7',
    {
      type: 'object',
      properties: { home: { $ref: '#/definitions/address' }, work: { $ref: '#/definitions/address' } },
      required: ['home'],
      definitions: { address: { type: 'object', properties: { city: text, zip: text }, required: ['city'] } },
    },
    { home: { city: 'Oslo' } },
    { home: { city: 'Oslo', zip: '1' }, work: { city: 'x' } },
  ),
  entry(
    'tree by #',
    {
      type: 'object',
      properties: { name: text, children: { type: 'array', items: { $ref: '#' } } },
      required: ['name'],
    },
    { name: 'a' },
    { name: 'a', children: [{ name: 'b', children: [] }] },
  ),
  entry('tuple of draft 7', { type: 'array', items: [{ type: 'number' }, text], additionalItems: false, minItems: 2 }, [
    1,
    'x',
  ]),
  entry(
    'list of types',
    { type: 'object', properties: { a: { type: ['string', 'number', 'null'] } } },
    {},
    { a: null },
    { a: 1 },
  ),
  entry(
    'oneOf',
    {
      oneOf: [
        { type: 'object', properties: { a: text }, required: ['a'] },
        { type: 'object', properties: { b: text }, required: ['b'] },
      ],
    },
    { a: 'x' },
    { b: 'x' },
  ),
  entry(
    'allOf',
    {
      allOf: [
        { type: 'object', properties: { a: text }, required: ['a'] },
        { type: 'object', properties: { b: { type: 'integer' } } },
      ],
    },
    { a: 'x' },
    { a: 'x', b: 1 },
  ),
  entry(
    'nullable of OpenAPI',
    { type: 'object', properties: { a: { type: 'string', nullable: true } }, required: ['a'] },
    { a: 'x' },
  ),
  entry(
    'enum without type',
    { type: 'object', properties: { level: { enum: ['low', 1, null] } }, required: ['level'] },
    { level: null },
    { level: 1 },
  ),
  entry(
    'const object',
    { type: 'object', properties: { version: { const: { major: 1, tags: ['a'] } } }, required: ['version'] },
    { version: { major: 1, tags: ['a'] } },
  ),
  entry('string map', { type: 'object', additionalProperties: text }, { a: 'x' }, {}),
  entry(
    'pattern properties',
    { type: 'object', patternProperties: { '^x-': text }, additionalProperties: false },
    { 'x-a': 'y' },
    {},
  ),
  entry(
    'properties and a map',
    { type: 'object', properties: { id: text }, required: ['id'], additionalProperties: { type: 'integer' } },
    { id: 'x' },
    { id: 'x', a: 1 },
  ),
  entry('anything inside', { type: 'object', properties: { input: {}, more: {} } }, { input: [1, { a: null }] }, {}),
  entry(
    'if and then',
    {
      type: 'object',
      properties: { kind: { enum: ['a', 'b'] }, b: text },
      required: ['kind'],
      if: { properties: { kind: { const: 'b' } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { required: ['b'] },
    },
    { kind: 'a' },
    { kind: 'b', b: 'x' },
  ),
  entry(
    'bounds',
    {
      type: 'object',
      properties: {
        n: { type: 'integer', minimum: 1, maximum: 5 },
        s: { type: 'string', minLength: 1, maxLength: 5 },
        a: { type: 'array', items: text, minItems: 1, uniqueItems: true },
      },
      required: ['n'],
    },
    { n: 1 },
    { n: 5, s: 'x', a: ['x', 'y'] },
  ),
  entry('root text', { type: 'string', enum: ['a', 'b'] }, 'a'),
  entry(
    'expression by $defs',
    {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          anyOf: [
            { type: 'number' },
            {
              type: 'object',
              properties: { op: { enum: ['+', '-'] }, of: { type: 'array', items: { $ref: '#/$defs/node' } } },
              required: ['op', 'of'],
            },
          ],
        },
      },
    },
    5,
    { op: '+', of: [1, { op: '-', of: [2] }] },
  ),
]
