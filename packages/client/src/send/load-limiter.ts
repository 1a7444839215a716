import { ConnectionError } from '../errors/connection-error.ts'
import type { Turn, takeTurn } from './limits.ts'

/**
 * A turn of a server and key. The limiter comes, with its queue, when the first call that is limited asks for it: most
 * programs set no limits, and need not wait for it, nor carry it to a page.
 * @throws ConnectionError where it cannot be fetched any more, as by a page that is older than its server
 */
export async function loadTurn(...asked: Parameters<typeof takeTurn>): Promise<Turn> {
  const limiter = await import('./limits.ts').catch((cause) => {
    throw new ConnectionError('The code that keeps `limits` could not be loaded.', { reason: 'unreachable', cause })
  })
  return limiter.takeTurn(...asked)
}
