/** Lists that come in pages: one page when awaited, every item when iterated. */

export interface Page<T> {
  readonly data: readonly T[]
  readonly hasMore: boolean
  /** The id of the last item: what the next page comes `after`. */
  readonly lastId: string | undefined
}

/** The first page when awaited, the items of all pages when iterated. */
export interface PageList<T> extends Promise<Page<T>>, AsyncIterable<T> {}

/** @param ask fetches the page after an id; the first one without. It is asked for at once. */
export function pageList<T extends { id: string }>(ask: (after?: string) => Promise<Page<T>>): PageList<T> {
  const first = ask()
  return Object.assign(first, {
    async *[Symbol.asyncIterator]() {
      for (let page = await first; ; page = await ask(page.lastId)) {
        yield* page.data
        if (!page.hasMore || page.data.length === 0 || page.lastId === undefined) return
      }
    },
  })
}

/** Reads a page of the wire. */
export function pageOf<T extends { id: string }>(value: unknown): Page<T> {
  const { data = [], has_more = false } = value as { data?: T[]; has_more?: boolean }
  return { data, hasMore: has_more, lastId: data.at(-1)?.id }
}
