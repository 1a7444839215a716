/** Where a request goes, worked out once for each address. */

import { Kept } from './kept.ts'

export interface Place {
  /** with the query */
  readonly path: string
  /** for the header `host` */
  readonly authority: string
  readonly kept: Kept
}

const servers = new Map<string, Kept>()
const places = new Map<string, Place>()

let last: { readonly address: string; readonly host: string | undefined; readonly place: Place } | undefined

/** Addresses repeat, and taking one apart costs as much as a tenth of a request. @param host the caller's own header */
export function placeOf(address: string, host: string | undefined): Place {
  if (last?.address !== address || last.host !== host) last = { address, host, place: known(address, host) }
  return last.place
}

function known(address: string, host: string | undefined): Place {
  const key = `${address} ${host ?? ''}`
  const place = places.get(key) ?? newPlace(address, host)
  if (places.size >= 256) places.clear()
  places.set(key, place)
  return place
}

function newPlace(address: string, host: string | undefined): Place {
  const url = new URL(address)
  const secure = url.protocol === 'https:'
  const authority = host ?? url.host
  // A caller that names a host of its own wants that one behind this address, and its certificate.
  const servername = secure ? nameIn(authority) : undefined
  const key = `${url.origin} ${servername ?? ''}`
  const kept = servers.get(key) ?? new Kept({ secure, host: bare(url.hostname), port: portOf(url), servername })
  servers.set(key, kept)
  return { path: url.pathname + url.search, authority, kept }
}

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

/** The name before the port; undefined for an address, which TLS does not name. */
function nameIn(authority: string): string | undefined {
  const name = authority.replace(/:\d*$/, '')
  return /^[\d.]+$|^\[/.test(name) ? undefined : name
}

/** IPv6 addresses stand in brackets in a URL, and without them in a socket. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
