/** What the faulty server sends for one request: exact bytes, and how they end. */

/**
 * The connection after the last byte: kept for the next request; closed; cut off (FIN) or reset (RST) in the middle;
 * or left open and silent.
 */
export type Ending = 'keep' | 'close' | 'cut' | 'reset' | 'stall'

/** All of it may be left out: an empty answer of status 200. */
export interface Reply {
  /** 200 when left out */
  readonly status?: number | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** A list (it may be endless) is written piece by piece as the reader takes it. */
  readonly body?: string | Uint8Array | Iterable<string | Uint8Array> | undefined
  /** How the reader learns where the body ends; `length` when left out, `chunked` for a list. */
  readonly framing?: 'length' | 'chunked' | 'close' | undefined
  /** bytes a write, each in a packet of its own; all at once when left out */
  readonly pieces?: number | undefined
  /** milliseconds between two writes */
  readonly pause?: number | undefined
  /** Bytes of the body that are sent; all when left out. Less than all never ends the frame, unless `ending` is `keep` or `close`. */
  readonly until?: number | undefined
  /** `keep` when left out. After `cut` and `stall` the frame is left without its end. */
  readonly ending?: Ending | undefined
  /** Sent in place of the status line, headers and framed body. */
  readonly raw?: string | Uint8Array | undefined
}
