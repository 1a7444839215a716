import type { IncomingMessage } from 'node:http'
import { RequestFault } from '../wire/request-fault.ts'

/**
 * The whole body as text.
 * @throws RequestFault 413 as soon as more than `limit` bytes have come; the rest is not kept
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit)
      throw new RequestFault(413, `The request body is larger than ${limit} bytes.`, { code: 'request_too_large' })
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
