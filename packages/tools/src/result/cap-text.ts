/** A text cut to a size that a request can carry: head and tail are kept, and the cut is told. */

/** bytes of UTF-8 */
export const defaultCap = 32 * 1024

export function capText(text: string, limit: number = defaultCap): string {
  // No character has more than three bytes a code unit: most texts need no counting.
  if (text.length * 3 <= limit) return text
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= limit) return text
  const head = decode(bytes.subarray(0, boundary(bytes, Math.floor(limit * 0.7))))
  const tail = decode(bytes.subarray(boundary(bytes, bytes.length - Math.floor(limit * 0.3))))
  const left = bytes.length - new TextEncoder().encode(head + tail).length
  return `${head}\n[… ${left} of ${bytes.length} bytes were left out here; ask for a smaller part …]\n${tail}`
}

/** The start of the character that the byte at `index` belongs to. */
function boundary(bytes: Uint8Array, index: number): number {
  let at = index
  while (at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1
  return at
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
