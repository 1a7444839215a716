/** Bodies that a gateway compressed without being asked. */

import type { BrotliDecompress, Unzip } from 'node:zlib'
import { ProtocolError } from '../../errors/protocol-error.ts'
import type { BodyPieces } from './body-pieces.ts'

export type Coding = 'gzip' | 'deflate' | 'br'

export type Unpacked = BrotliDecompress | Unzip

export function isCoding(word: string | undefined): word is Coding {
  return word === 'gzip' || word === 'deflate' || word === 'br'
}

/**
 * Packed bytes are written to it, and what is in them comes to the body.
 * @param room called when there is room again after a write that was answered with false
 */
export function unpacked(coding: Coding, body: BodyPieces, room: () => void): Unpacked {
  const zlib = process.getBuiltinModule('node:zlib')
  const stream = coding === 'br' ? zlib.createBrotliDecompress() : zlib.createUnzip()
  return stream
    .on('data', (bytes: Uint8Array) => {
      body.add(bytes)
      if (body.full) stream.pause()
    })
    .on('drain', room)
    .on('end', () => body.end())
    .on('error', (cause) => body.fail(damaged(cause)))
}

/** `Z_BUF_ERROR` is zlib's word for an end too early. */
function damaged(cause: Error): ProtocolError {
  const cut = 'code' in cause && cause.code === 'Z_BUF_ERROR'
  return cut
    ? new ProtocolError('truncated', 'The compressed body broke off before its end.', { cause })
    : new ProtocolError('malformed', 'The compressed body is damaged.', { cause })
}
