/** Lists that come in pages: one page when awaited, every item when iterated. */

export interface Page<T> {
  readonly data: readonly T[]
  readonly hasMore: boolean
  /** The id of the last item: what the next page comes `after`. */
  readonly lastId: string | undefined
}

/** The first page when awaited, the items of all pages when iterated. */
export interface PageList<T> extends Promise<Page<T>>, AsyncIterable<T> {}

/** @param ask fetches the page after an id, as the wire has it; the first one without. It is asked for at once. */
export function pageList<T extends { id: string }>(ask: (after?: string) => Promise<unknown>): PageList<T> {
  const pageAfter = async (id?: string): Promise<Page<T>> => {
    const { data = [], has_more: hasMore = false } = (await ask(id)) as { data?: T[]; has_more?: boolean }
    return { data, hasMore, lastId: data.at(-1)?.id }
  }
  const first = pageAfter()
  return Object.assign(first, {
    async *[Symbol.asyncIterator]() {
      for (let page = await first; ; page = await pageAfter(page.lastId)) {
        yield* page.data
        if (!page.hasMore || page.lastId === undefined) return
      }
    },
  })
}
