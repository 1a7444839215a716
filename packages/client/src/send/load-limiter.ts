import { ConnectionError } from '../errors/connection-error.ts'
import type { Limiter, LimitOptions } from './limits.ts'

/**
 * The limiter of a server and key. It comes, with its queue, when the first call that is limited asks for it: most programs
 * set no limits, and need not wait for it, nor carry it to a page.
 * @throws ConnectionError where it cannot be fetched any more, as by a page that is older than its server
 */
export async function loadLimiter(identity: string, options: LimitOptions): Promise<Limiter> {
  const { limiterFor } = await import('./limits.ts').catch((cause) => {
    throw new ConnectionError('The code that keeps `limits` could not be loaded.', { reason: 'unreachable', cause })
  })
  return limiterFor(identity, options)
}
