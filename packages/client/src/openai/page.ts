/** Lists page by page, as the official package hands them out. */

import { OpenAIError } from './errors.ts'

/** A page as the server sends it. */
export interface PageBody<T> {
  readonly data?: T[] | null | undefined
  readonly has_more?: boolean | undefined
}

/** Asks for the page after the item of this id; for the first one without it. */
export type AskPage<T> = (after?: string) => Promise<PageBody<T>>

/** A page; iterated, its items and those of every page after it. */
export class CursorPage<T> implements AsyncIterable<T> {
  readonly data: T[]
  readonly has_more: boolean
  readonly #ask: AskPage<T>

  constructor({ data, has_more }: PageBody<T>, ask: AskPage<T>) {
    this.data = data ?? []
    this.has_more = has_more ?? false
    this.#ask = ask
  }

  getPaginatedItems(): T[] {
    return this.data
  }

  hasNextPage(): boolean {
    return this.has_more && this.#last !== undefined
  }

  /** @throws OpenAIError when this is the last page */
  async getNextPage(): Promise<CursorPage<T>> {
    if (!this.hasNextPage()) throw new OpenAIError('This is the last page; ask `hasNextPage()` first.')
    return new CursorPage(await this.#ask(this.#last), this.#ask)
  }

  async *iterPages(): AsyncGenerator<CursorPage<T>> {
    let page: CursorPage<T> = this
    yield page
    while (page.hasNextPage()) {
      page = await page.getNextPage()
      yield page
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for await (const page of this.iterPages()) yield* page.data
  }

  get #last(): string | undefined {
    const last: unknown = this.data.at(-1)
    return typeof last === 'object' && last !== null && 'id' in last ? String(last.id) : undefined
  }
}

/** The first page; iterated without `await`, all items. */
export type PagePromise<T> = Promise<CursorPage<T>> & AsyncIterable<T>

/** Asks for the first page now, and for the others as they are read. */
export function pagePromise<T>(ask: AskPage<T>): PagePromise<T> {
  const page = ask().then((body) => new CursorPage(body, ask))
  return Object.assign(page, {
    async *[Symbol.asyncIterator](): AsyncGenerator<T> {
      yield* await page
    },
  })
}
