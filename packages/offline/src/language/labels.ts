// "Label: value" lines.

/** One labelled line. `start` is that of the value. */
export interface Label {
  readonly label: string
  readonly value: string
  readonly start: number
}

/** Lines such as `Invoice no: 17` or `- Name = Ada`, in order. A time, an address or a long sentence before the colon is no label. */
export function labelsOf(text: string): readonly Label[] {
  const line = /^[ \t]*(?:[-*•][ \t]+)?\**(\p{L}[\p{L}\p{N} .,/&'’()%_-]{0,40}?)\**[ \t]*[:=]\**[ \t]+(\S[^\n]*)$/gmu
  return [...text.matchAll(line)].flatMap((match) => {
    const [whole, label = '', value = ''] = match
    const clean = value.trim()
    return label.split(/\s+/).length > 5 ? [] : [{ label, value: clean, start: match.index + whole.lastIndexOf(value) }]
  })
}
