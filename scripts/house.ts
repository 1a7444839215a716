/** The house: which package may import which, and through which file a package from outside enters. */

import type { Room } from './imports.ts'

export const house: Readonly<Record<string, Room>> = {
  schema: { ours: [], doors: { 'zod-to-json-schema': 'zod3.ts', zod: 'zod4.ts' } },
  client: {
    ours: [],
    doors: {
      'p-queue': 'send/queue.ts',
      eventemitter3: 'emitter.ts',
      'node:net': 'transport/http/sockets.ts',
      'node:tls': 'transport/http/sockets.ts',
      'node:zlib': 'transport/http/unpacked.ts',
    },
  },
  tools: { ours: ['@pawl/schema', '@pawl/client'], doors: {} },
  structured: { ours: ['@pawl/schema', '@pawl/client'], doors: {} },
  testing: { ours: ['@pawl/client'], doors: { 'node:net': 'net.ts', 'node:tls': 'net.ts' } },
  offline: {
    ours: ['@pawl/client', '@pawl/schema'],
    doors: { compromise: 'compromise.ts', 'chrono-node': 'chrono.ts', 'node:http': 'server.ts' },
  },
  agent: {
    ours: ['@pawl/client', '@pawl/schema', '@pawl/tools', '@pawl/structured'],
    doors: {
      eventemitter3: 'run/emitter.ts',
      'node:sqlite': 'store/sqlite.ts',
      'node:fs': 'store/owner.ts',
      'node:os': 'store/owner.ts',
      'node:net': 'testing/refuse-real-requests.ts',
    },
  },
  pawl: { ours: ['@pawl/schema', '@pawl/client', '@pawl/tools', '@pawl/structured', '@pawl/agent'], doors: {} },
  prices: { ours: ['@pawl/agent', '@pawl/client'], doors: { '@pydantic/genai-prices': 'prices.ts' } },
}
