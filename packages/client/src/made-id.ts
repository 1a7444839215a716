/** Ids for calls that a server left without one. */

/** Nine letters and digits: what the strictest server (Mistral) takes as a call id. https://github.com/anomalyco/opencode/issues/1680 */
export function madeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9))
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')
}
