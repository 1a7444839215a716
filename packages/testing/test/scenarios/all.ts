/** The scenarios of the catalogue, in its order. */

import { connection } from './connection.ts'
import { consumer } from './consumer.ts'
import { framing } from './framing.ts'
import { http } from './http.ts'
import { type Case, casesOf } from './run.ts'
import { stalls } from './stalls.ts'
import { toolCalls } from './tool-calls.ts'

export const cases: readonly Case[] = casesOf(
  [...connection, ...http, ...stalls, ...framing, ...toolCalls, ...consumer].sort(
    (left, right) => Number(left.id.slice(1)) - Number(right.id.slice(1)),
  ),
)

/** Ids of the catalogue that a client can meet: the connection, HTTP, streaming and consumer groups. */
export const ids: readonly string[] = [
  ...Array.from({ length: 68 }, (_, at) => `F${String(at + 1).padStart(2, '0')}`),
  ...Array.from({ length: 9 }, (_, at) => `F${121 + at}`),
]
