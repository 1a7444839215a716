/**
 * 32-bit FNV-1a over the text's UTF-16 units: tells a record that was damaged, not one that was forged. A change of a
 * single unit never passes. https://datatracker.ietf.org/doc/html/rfc9923
 */
export function checksum(text: string): number {
  let hash = 0x811c9dc5 | 0
  for (let at = 0; at < text.length; at += 1) {
    hash ^= text.charCodeAt(at)
    // Times the prime 0x01000193, in two parts: compilers know these operations better than `Math.imul`.
    hash = (hash * 0x193 + (hash << 24)) | 0
  }
  return hash >>> 0
}
