/** The head of a request, as text of the wire. https://www.rfc-editor.org/rfc/rfc9112#section-3 */

/** Names that say how a message is framed, or whom it is for: that is said here, and by nobody else. */
const ours: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'expect',
  'upgrade',
])

/**
 * Ends with the empty line.
 * @param authority for the header `host`
 * @param headers checked: each stays one line of Latin-1
 * @param body undefined for none
 */
export function requestHead(
  method: string,
  path: string,
  authority: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): string {
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${authority}\r\n`
  for (const name of Object.keys(headers)) if (!ours.has(name)) head += `${name}: ${headers[name]}\r\n`
  if (body !== undefined) head += `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${head}connection: ${headers['connection'] ?? 'keep-alive'}\r\n\r\n`
}
