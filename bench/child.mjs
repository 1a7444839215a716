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

const once = await start(url)
for (let at = 0; at < operation.warm; at += batch()) await turn()
globalThis.gc?.()
const rssBefore = process.memoryUsage().rss
const cpu = process.cpuUsage()
const begun = performance.now()
for (let at = 0; at < operation.times; at += batch()) await turn()
const wall = performance.now() - begun
const { user, system } = process.cpuUsage(cpu)
const units = operation.times * (operation.each ?? 1)
console.log(
  JSON.stringify({
    cpu: (user + system) / units,
    wall: (wall * 1000) / units,
    growth: (process.resourceUsage().maxRSS - rssBefore / 1024) / units,
    peak: process.resourceUsage().maxRSS / 1024,
  }),
)
process.exit(0)

function batch() {
  return operationName === 'plain-64' ? 64 : 1
}

async function turn() {
  if (operationName !== 'plain-64') return once()
  await Promise.all(Array.from({ length: 64 }, () => once()))
}
