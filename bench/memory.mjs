// What Pawl's client holds on to: `memory.mjs <check> <url>`, one process a check. Prints a line of JSON.

import { getEventListeners } from 'node:events'
import { createClient } from '../packages/client/src/index.ts'

const messages = [{ role: 'user', content: 'Do I need a coat?' }]

/** Each check is run with the Node options beside it. */
export const checks = {
  flood: { what: '96 MiB of streamRaw under an 80 MiB heap', options: ['--max-old-space-size=80'] },
  slow: { what: 'a slow reader on a fast stream buffers under 1 MiB', options: ['--expose-gc'] },
  calls: { what: '10,000 calls leave listeners, timers, sockets and heap where they were', options: ['--expose-gc'] },
}

const [check, url] = process.argv.slice(2)
if (check in checks) {
  const client = createClient({ baseURL: url, apiKey: 'bench' })
  console.log(JSON.stringify(await { flood, slow, calls }[check](client.chat.completions)))
  process.exit(0)
}

async function flood(completions) {
  let bytes = 0
  for await (const chunk of completions.streamRaw({ model: 'flood', messages }))
    bytes += chunk.choices[0]?.delta.content?.length ?? 0
  const mebibytes = bytes / 2 ** 20
  return {
    ok: mebibytes > 70,
    said: `${mebibytes.toFixed(0)} MiB of text, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB in all`,
  }
}

async function slow(completions) {
  let most = 0
  let read = 0
  const before = buffered()
  for await (const _ of completions.streamRaw({ model: 'flood', messages })) {
    read += 1
    if (read % 20 === 0) {
      // What is garbage by now is not held.
      globalThis.gc()
      most = Math.max(most, buffered() - before)
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
    if (read === 600) break
  }
  return { ok: most < 2 ** 20, said: `at most ${(most / 1024).toFixed(0)} KiB of buffers over ${read} chunks` }
}

function buffered() {
  return process.memoryUsage().arrayBuffers
}

async function calls(completions) {
  const { signal } = new AbortController()
  const once = () => completions.create({ model: 'plain', messages }, { signal })
  for (let at = 0; at < 1000; at += 1) await once()
  const before = standing(signal)
  for (let at = 0; at < 10_000; at += 1) await once()
  const after = standing(signal)
  const grown = (after.heap - before.heap) / 1024
  const ok = after.listeners === before.listeners && after.resources === before.resources && grown < 512
  return {
    ok,
    said: `listeners ${before.listeners} → ${after.listeners}, resources ${before.resources} → ${after.resources}, heap ${grown.toFixed(0)} KiB more`,
  }
}

function standing(signal) {
  globalThis.gc()
  return {
    listeners: getEventListeners(signal, 'abort').length,
    resources: process.getActiveResourcesInfo().length,
    heap: process.memoryUsage().heapUsed,
  }
}
