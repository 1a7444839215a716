// `npm run bench -- [client|schema|tools|structured|agent|all] [--rounds N] [--alone]`: Pawl beside other frameworks, or alone.
// Every adapter runs in its own child process against one server process; the rounds of all adapters interleave.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { checks } from './memory.mjs'
import { groups, operations } from './operations.mjs'
import { publish } from './publish.mjs'
import { summarise, table } from './table.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const subjects = ['limit', 'pawl']
const peers = ['raw-fetch', 'openai', 'ai', 'xsai', 'langchain', 'openai-agents', 'tanstack-ai', 'mastra', 'pi']
const childLimit = 60_000

const words = process.argv.slice(2)
const rounds = Number(words[words.indexOf('--rounds') + 1]) || 9
const asked = words.filter((word) => groups.includes(word))
// A round of everybody takes five minutes: a run of everything has one, a run of one group two.
const peerRounds = words.includes('--alone') ? 0 : Math.min(asked.length === 0 ? 1 : 2, rounds)
const chosen = operations.filter(({ group }) => asked.length === 0 || asked.includes(group))

installPeers()
const server = await startServer()
const samples = []
const begun = Date.now()
for (let round = 0; round < rounds; round += 1) {
  for (const operation of chosen) {
    if (round >= (operation.rounds ?? rounds)) continue
    const adapters = (round < peerRounds ? [...subjects, ...peers] : subjects).filter(
      (name) => operation.only?.includes(name) ?? true,
    )
    // Every other round goes backwards, so that nobody always comes first.
    for (const adapter of round % 2 === 0 ? adapters : adapters.toReversed()) {
      const figures = await measure(adapter, operation)
      if (figures) samples.push({ round, adapter, operation: operation.name, ...figures })
    }
  }
  console.error(`round ${round + 1} of ${rounds}, ${Math.round((Date.now() - begun) / 1000)} s`)
}
const held = chosen.some(({ group }) => group === 'client')
  ? Object.entries(checks).map(([name, check]) => checkMemory(name, check))
  : []
server.kill()

const machine = `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`
const rows = summarise(chosen, samples)
const text = [
  table(chosen, rows, { machine, versions: versions(), rounds, peerRounds }),
  ...(held.length > 0 ? [`### memory\n\n${held.join('\n')}`] : []),
].join('\n\n')
console.log(text)
const name = asked.length === 0 ? 'all' : asked.join('-')
mkdirSync(join(here, 'results'), { recursive: true })
writeFileSync(
  join(here, 'results', `${name}.json`),
  `${JSON.stringify({ machine, versions: versions(), rounds, rows }, null, 2)}\n`,
)
writeFileSync(join(here, 'results', `${name}.md`), `${text}\n`)
if (name === 'all') publish(join(here, '..'), chosen, rows, text)

/** What a child printed; undefined where the adapter does not have the operation, `failed` where it did not come to an end. */
async function measure(adapter, operation) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(here, 'child.mjs'), adapter, operation.name, server.url],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, OPENAI_API_KEY: 'bench', OPENAI_AGENTS_DISABLE_TRACING: '1', LANGSMITH_TRACING: 'false' },
    },
  )
  const timer = setTimeout(() => child.kill('SIGKILL'), childLimit)
  let [printed, complaint] = ['', '']
  child.stdout.on('data', (piece) => (printed += piece))
  child.stderr.on('data', (piece) => (complaint += piece))
  await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  try {
    const figures = JSON.parse(printed.trim().split('\n').at(-1))
    return figures.missing ? undefined : figures
  } catch {
    console.error(
      `${adapter} ${operation.name} failed: ${complaint.trim().split('\n').slice(-3).join(' | ').slice(0, 300) || 'killed'}`,
    )
    return { failed: true }
  }
}

/** Pawl alone: these are promises, not races. */
function checkMemory(name, { what, options }) {
  const { stdout, stderr } = spawnSync(process.execPath, [...options, join(here, 'memory.mjs'), name, server.url], {
    encoding: 'utf8',
    timeout: childLimit,
  })
  try {
    const { ok, said } = JSON.parse(stdout)
    return `- ${ok ? 'met' : 'NOT met'}: ${what} (${said})`
  } catch {
    return `- NOT met: ${what} (${stderr.trim().split('\n').at(-1) || 'it did not end'})`
  }
}

async function startServer() {
  const child = spawn(process.execPath, [join(here, 'server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await new Promise((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => resolve([line])),
  )
  return { url: `http://127.0.0.1:${port}/v1`, kill: () => child.kill() }
}

function installPeers() {
  if (existsSync(join(here, 'node_modules', 'undici'))) return
  console.error('Installing the other frameworks (about 440 MB) …')
  const { status } = spawnSync('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: here,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(status ?? 1)
}

function versions() {
  const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
  return dependencies
}
