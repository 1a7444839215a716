/** Runs scenarios, each against a server of its own, and says how each ended. */

import { type ChatCompletion, createClient } from '@pawl/client'
import { type FaultServer, faultServer } from '../../src/index.ts'
import { canaries, leaks, secretClient, secretOptions } from './canaries.ts'
import { differences } from './matches.ts'
import { type Call, type Failure, isFailure, type Scenario, type Stage, type Transport } from './scenario.ts'

/** One run of a scenario. */
export interface Case {
  readonly id: string
  readonly what: string
  readonly scenario: Scenario
  readonly call?: Call | undefined
  readonly transport: Transport
}

export interface Outcome {
  /** what it ended in, in a few words */
  readonly outcome: string
  readonly requests: number
  readonly ms: number
  /** what is not as the catalogue says; empty when it is */
  readonly problems: readonly string[]
}

/** What no scenario takes; who is still pending then hangs. */
const patience = 30_000

/** Every scenario, once for each way of calling over each transport. */
export function casesOf(scenarios: readonly Scenario[]): Case[] {
  return scenarios.flatMap((scenario) => {
    const { id, what, run, calls = ['create', 'streamRaw', 'stream'], transports = ['node', 'fetch'] } = scenario
    return transports.flatMap((transport): Case[] => {
      if (run) return [{ id, what: `${what} (${transport})`, scenario, transport }]
      return calls.map((call) => ({ id, what: `${what} (${call}, ${transport})`, scenario, call, transport }))
    })
  })
}

export async function runCase({ scenario, call, transport }: Case): Promise<Outcome> {
  await using server = await faultServer({ script: scenario.script, tls: scenario.tls })
  const stage: Stage = {
    server,
    client: { ...secretClient(server.url), ...(transport === 'fetch' && { fetch }), ...scenario.client },
    options: { ...secretOptions, maxRetries: 0, ...scenario.options },
  }
  const started = performance.now()
  const ended = await settle(call ? ask(stage, call, scenario) : (scenario.run?.(stage) ?? Promise.resolve()))
  const ms = Math.round(performance.now() - started)
  const problems = [
    ...endProblems(scenario, ended),
    ...differences(server.requests.length, scenario.requests, 'the number of requests'),
    ...(await socketProblems(server)),
  ]
  return { outcome: summary(ended), requests: server.requests.length, ms, problems }
}

type Ended = { readonly value: unknown } | { readonly thrown: unknown } | 'pending'

async function settle(promise: Promise<unknown>): Promise<Ended> {
  const { promise: late, resolve } = Promise.withResolvers<'pending'>()
  const timer = setTimeout(() => resolve('pending'), patience)
  const settled = promise.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  )
  return await Promise.race([settled, late]).finally(() => clearTimeout(timer))
}

/** The completion by this call, as what scenarios look at. */
async function ask({ client, options }: Stage, call: Call, scenario: Scenario): Promise<object> {
  const waits: number[] = []
  const { completions } = createClient(client).chat
  const messages = [{ role: 'user' as const, content: canaries.prompt }]
  const body = { model: 'gpt-4.1', messages, ...scenario.body }
  const told = { ...options, onRetry: ({ waitMs }: { waitMs: number }) => waits.push(waitMs) }
  if (call === 'create') return { ...facts(await completions.create(body, told)), waits }
  if (call === 'stream') {
    const done: string[] = []
    const stream = completions.stream(body, told)
    stream.on('tool_calls.function.arguments.done', ({ name }) => done.push(name))
    return { ...facts(await stream.finalCompletion()), done, waits }
  }
  let text = ''
  let finish: string | null = null
  for await (const { choices } of completions.streamRaw(body, told)) {
    text += choices?.[0]?.delta?.content ?? ''
    finish = choices?.[0]?.finish_reason || finish
  }
  return { text, finish, waits }
}

function facts({ choices: [choice], usage }: ChatCompletion): object {
  const calls = (choice?.message.tool_calls ?? []).map((call) =>
    call.type === 'function' ? { id: call.id, ...call.function } : call,
  )
  return { text: choice?.message.content, finish: choice?.finish_reason, calls, usage }
}

function endProblems({ ends }: Scenario, ended: Ended): string[] {
  if (ended === 'pending') return [`it is still pending after ${patience} ms`]
  if (isFailure(ends)) return failureProblems(ends, ended)
  return 'thrown' in ended ? [`it threw ${nameOf(ended.thrown)}`] : differences(ended.value, ends)
}

function failureProblems(ends: Failure, ended: Exclude<Ended, 'pending'>): string[] {
  if ('value' in ended) return [`it ended in success: ${JSON.stringify(ended.value)}`]
  const { error, partial, ...fields } = ends
  const { thrown } = ended
  return [
    ...differences((thrown as Error)?.constructor?.name, error, 'the class'),
    ...differences(thrown, fields, 'the error'),
    ...(partial === undefined ? [] : differences(partialText(thrown), partial, 'the partial')),
    ...leakProblems(thrown),
  ]
}

/** A log writes errors as JSON: one that cannot be written is a fault of its own. */
function leakProblems(error: unknown): string[] {
  try {
    return leaks(error).map((name) => `the error shows the ${name}`)
  } catch (cause) {
    return [`the error cannot be written: ${nameOf(cause)}`]
  }
}

function partialText(error: unknown): unknown {
  const { partial } = error as { partial?: ChatCompletion }
  return partial?.choices?.[0]?.message.content
}

/** A socket is kept for the next request after a whole answer; any other is closed soon after the end. */
async function socketProblems({ connections }: FaultServer): Promise<string[]> {
  const leaked = () => connections.filter(({ open, idle }) => open && !idle).length
  const deadline = performance.now() + 3_000
  while (leaked() > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5))
  return leaked() > 0 ? [`${leaked()} connections are still open`] : []
}

function summary(ended: Ended): string {
  if (ended === 'pending') return 'pending'
  if ('value' in ended) return 'success'
  const { reason, phase, status } = ended.thrown as Record<string, unknown>
  return [nameOf(ended.thrown), reason ?? phase ?? status].filter((word) => word !== undefined).join(' ')
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.constructor.name : String(thrown)
}
