/** Takes a chunked body out of its frames. https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */

type State =
  | 'size'
  | 'extension'
  | 'size end'
  | 'data'
  | 'data cr'
  | 'data lf'
  | 'line'
  | 'trailer'
  | 'trailer end'
  | 'end'
  | 'damaged'

/** Bytes between two pieces of data, at most: of a size with its extensions, or of the trailers. */
const mostFrame = 16 * 1024
const mostSize = 2 ** 48

const [tab, lf, cr, semicolon, space] = [9, 10, 13, 59, 32]

export class ChunkedBody {
  complete = false
  #state: State = 'size'
  /** bytes of the chunk's data that are still to come */
  #left = 0
  #digits = 0
  #frame = 0

  /** A frame is not what it must be: nothing behind it can be trusted. */
  get damaged(): boolean {
    return this.#state === 'damaged'
  }

  /**
   * @param data told where in `bytes` there is data
   * @returns where the reading ended: before the end of `bytes` only when the body is complete or damaged
   */
  read(bytes: Uint8Array, from: number, data: (from: number, to: number) => void): number {
    let at = from
    while (at < bytes.length && !this.complete) {
      if (this.#state === 'data') {
        const to = Math.min(at + this.#left, bytes.length)
        data(at, to)
        this.#left -= to - at
        at = to
        if (this.#left === 0) this.#state = 'data cr'
      } else {
        this.#state = this.#next(bytes[at] as number)
        at += 1
        if (this.#state === 'damaged') break
      }
    }
    return at
  }

  #next(byte: number): State {
    this.#frame += 1
    if (this.#frame > mostFrame) return 'damaged'
    switch (this.#state) {
      case 'size':
        return this.#size(byte)
      case 'extension':
        return byte === cr ? 'size end' : text(byte, 'extension')
      case 'size end':
        this.#digits = 0
        return expect(byte, lf, this.#left === 0 ? 'line' : 'data')
      case 'data cr':
        this.#frame = 1
        return expect(byte, cr, 'data lf')
      case 'data lf':
        return expect(byte, lf, 'size')
      case 'line':
        return byte === cr ? 'end' : text(byte, 'trailer')
      case 'trailer':
        return byte === cr ? 'trailer end' : text(byte, 'trailer')
      case 'trailer end':
        return expect(byte, lf, 'line')
      case 'damaged':
        return 'damaged'
      default:
        this.complete = byte === lf
        return expect(byte, lf, 'end')
    }
  }

  #size(byte: number): State {
    const digit = hexDigit(byte)
    if (digit !== -1) {
      this.#left = this.#left * 16 + digit
      this.#digits += 1
      return this.#left > mostSize ? 'damaged' : 'size'
    }
    if (this.#digits === 0) return 'damaged'
    if (byte === cr) return 'size end'
    return byte === semicolon ? 'extension' : 'damaged'
  }
}

function expect(byte: number, expected: number, next: State): State {
  return byte === expected ? next : 'damaged'
}

/** A control character is no part of a line. */
function text(byte: number, next: State): State {
  return (byte < space && byte !== tab) || byte === 127 ? 'damaged' : next
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
