/** Sixteen hex digits that stand for `text`: two 32-bit FNV-1a hashes over its UTF-16 units. No secret, only a name. */
export function fingerprint(text: string): string {
  return half(text, 0x811c9dc5) + half(text, 0x01000193)
}

function half(text: string, seed: number): string {
  let hash = seed
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  // A last mix: FNV alone leaves the high bits of short texts alike.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
