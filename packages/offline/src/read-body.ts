import { RequestFault } from './wire/request-fault.ts'

/**
 * The whole body as text.
 * @throws RequestFault 413 as soon as more than `limit` bytes have come; the rest is not kept
 */
export async function readBody(parts: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const kept: Uint8Array[] = []
  let size = 0
  for await (const part of parts) {
    size += part.length
    if (size > limit)
      throw new RequestFault(413, `The request body is larger than ${limit} bytes.`, { code: 'request_too_large' })
    kept.push(part)
  }
  return Buffer.concat(kept).toString('utf8')
}
