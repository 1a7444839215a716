/** Reads one answer out of the bytes of a connection, wherever they are cut. */

import { ProtocolError } from '../../errors/protocol-error.ts'
import { ChunkedBody } from './chunked-body.ts'
import { type ResponseHead, responseHead } from './response-head.ts'

/** Bytes of a head, at most. */
const mostHead = 64 * 1024

const emptyLine = Buffer.from('\r\n\r\n')
const nothing = Buffer.alloc(0)

export class ResponseReader {
  /** Undefined until it is whole. */
  head: ResponseHead | undefined
  /** The answer is at its end. */
  complete = false
  /** There are bytes behind the end, which belong to no answer. */
  overrun = false
  /** What is wrong with the bytes behind those that were given; nothing is to be read any more. */
  damage: ProtocolError | undefined
  /** what came of a head that is not whole */
  #early = nothing
  /** bytes of the body that are still to come, when they are counted */
  #left = 0
  #chunks: ChunkedBody | undefined

  /**
   * Takes the next bytes.
   * @returns a copy of what they hold of the body, which may be empty
   * @throws ProtocolError `malformed` | `oversize` for a head
   */
  push(bytes: Buffer): Buffer {
    return this.head ? this.#readBody(bytes, 0) : this.#readHead(bytes)
  }

  /** The other side closed the connection in order. */
  close(): void {
    this.complete ||= this.head?.body === 'until close'
  }

  #readHead(fresh: Buffer): Buffer {
    const bytes = this.#early.length === 0 ? fresh : Buffer.concat([this.#early, fresh])
    const searched = Math.max(this.#early.length - emptyLine.length + 1, 0)
    let at = 0
    for (let end = bytes.indexOf(emptyLine, searched); end !== -1; end = bytes.indexOf(emptyLine, at)) {
      const head = responseHead(bytes.toString('latin1', at, end))
      at = end + emptyLine.length
      // Those below 200 only announce the answer.
      if (head.status < 200) continue
      this.head = head
      this.#early = nothing
      if (head.body === 'chunked') this.#chunks = new ChunkedBody()
      else if (typeof head.body === 'number') this.#left = head.body
      return this.#readBody(bytes, at)
    }
    this.#early = Buffer.from(bytes.subarray(at))
    if (this.#early.length > mostHead)
      throw new ProtocolError('oversize', `The headers of the answer have more than ${mostHead} bytes.`)
    return nothing
  }

  #readBody(bytes: Buffer, from: number): Buffer {
    if (this.#chunks) return this.#readChunks(this.#chunks, bytes, from)
    if (this.head?.body === 'until close') return Buffer.from(bytes.subarray(from))
    const to = Math.min(from + this.#left, bytes.length)
    this.#left -= to - from
    this.complete = this.#left === 0
    this.overrun = to < bytes.length
    return Buffer.from(bytes.subarray(from, to))
  }

  #readChunks(chunks: ChunkedBody, bytes: Buffer, from: number): Buffer {
    const data = Buffer.allocUnsafe(bytes.length - from)
    let size = 0
    const end = chunks.read(bytes, from, (at, to) => {
      size += bytes.copy(data, size, at, to)
    })
    this.complete = chunks.complete
    this.overrun = chunks.complete && end < bytes.length
    if (chunks.damaged) this.damage = new ProtocolError('malformed', 'The frames of the chunked body are damaged.')
    return data.subarray(0, size)
  }
}
