// One adapter, one operation, one process: `child.mjs <adapter> <operation> <url>`. Prints its figures as JSON.

import { operations } from './operations.mjs'

const [adapterName, operationName, url] = process.argv.slice(2)
const operation = operations.find(({ name }) => name === operationName)
const adapter = await import(`./adapters/${adapterName}.mjs`)
const start = adapter.operations[operationName]
if (!start) {
  console.log(JSON.stringify({ missing: true }))
  process.exit(0)
}

// A slow framework is measured over fewer turns, so that a round of everybody stays short. Everybody is warm for as long.
// No collection is forced in between: a forced one throws compiled code away, as none of real life does.
const longest = { warm: 700, measured: 700 }

const once = await start(url)
if (!operation.cold) await turns(Infinity, operation.warm ?? longest.warm)
const cpu = process.cpuUsage()
const begun = performance.now()
const units = (await turns(operation.times, longest.measured)) * (operation.each ?? 1)
const wall = performance.now() - begun
const { user, system } = process.cpuUsage(cpu)
console.log(
  JSON.stringify({
    cpu: (user + system) / units,
    wall: (wall * 1000) / units,
    peak: process.resourceUsage().maxRSS / 1024,
  }),
)
process.exit(0)

/** Up to so many turns, and no longer than that many milliseconds once one is done; how many there were. */
async function turns(most, milliseconds) {
  const end = performance.now() + milliseconds
  let done = 0
  while (done < most && (done === 0 || performance.now() < end)) {
    await turn()
    done += batch()
  }
  return done
}

function batch() {
  return operationName === 'plain-64' ? 64 : 1
}

async function turn() {
  if (operationName !== 'plain-64') return once()
  await Promise.all(Array.from({ length: 64 }, () => once()))
}
