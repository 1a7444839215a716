/** A function that a model may call. */

import type { ToolDefinition } from '@pawl/client'
import { type Issue, type Output, type Schema, wireSchema } from '@pawl/schema'
import { type DecodedArguments, readArguments } from '../arguments/decode-arguments.ts'
import { deepFreeze } from '../arguments/deep-freeze.ts'
import { digest } from '../digest.ts'
import { runOf } from '../execute/run.ts'
import type { ToolContext } from '../execute/tool-context.ts'
import { outputCheck } from '../result/output-check.ts'
import { ToolDefinitionError } from './definition-error.ts'
import { checkDescription, checkName } from './tool-name.ts'

/** `pure`: only looks; `idempotent`: may run again with the same key; `once`: must not run twice unasked. */
export type Effect = 'pure' | 'idempotent' | 'once'

/** `reason` is shown to whoever decides. */
export type ApprovalRule<I, C> =
  | boolean
  | ((input: I, context: ToolContext<C>) => boolean | string | Promise<boolean | string>)

/** Whether a call of unknown outcome has happened, and what came of it. */
export type Probed = { readonly done: true; readonly value: unknown } | { readonly done: false }

/**
 * A tool as the registry and the loop take it: plain data and a few functions. Spread it to change it.
 * `C` stands only where a function takes it, so a list of tools asks for the intersection of their contexts.
 */
export interface Tool<C = any> {
  readonly type: 'function' | 'custom'
  readonly name: string
  readonly description: string
  readonly effect: Effect
  /** What goes on the wire; made once. */
  readonly definition: ToolDefinition
  /** Changes when the definition or the effect does; approvals are bound to it. */
  readonly hash: string
  /** It runs elsewhere: the run waits for its answer. */
  readonly external: boolean
  /** milliseconds; undefined: 60 s; Infinity: none */
  readonly timeout?: number | undefined
  readonly approval?: ApprovalRule<any, C> | undefined
  readonly lock?: ((input: any) => string) | undefined
  readonly identity?: ((input: any) => string) | undefined
  readonly probe?: ((input: any, context: ToolContext<C>) => Promise<Probed>) | undefined
  /** The typed arguments in the call's text, or what is wrong with it. */
  readonly decode: (text: string) => DecodedArguments
  /** Checks what the tool gave, where it declares an output. */
  readonly checkOutput?: ((value: unknown) => readonly Issue[] | Promise<readonly Issue[]>) | undefined
  readonly run: (input: unknown, context: ToolContext<C>) => Promise<unknown>
}

/** What a model is told of a tool, and how the tool runs. */
export interface ToolOptions<S extends Schema, C> {
  /** letters, digits, `_` and `-`, at most 64 */
  name: string
  /** when to use it and what comes back; the model reads this */
  description: string
  /** an object schema of any library that `@pawl/schema` takes; others are put into an envelope */
  parameters: S
  /** `once` when left out */
  effect?: Effect | undefined
  /**
   * A text, any JSON, content parts, or nothing. Dates, maps, big integers and cycles are encoded by a rule (`outputText`).
   * A `ToolError` is told to the model word for word.
   */
  execute: (input: Output<S>, context: ToolContext<C>) => unknown
  /** Whether a person must allow a call; a text is the reason that is shown. Asked with the arguments as they will run. */
  approval?: ApprovalRule<Output<S>, C> | undefined
  /** Calls with the same key run one after the other. */
  lock?: ((input: Output<S>) => string) | undefined
  /** What makes two calls the same for the progress guard; the arguments when left out. A polling tool gives a changing text. */
  identity?: ((input: Output<S>) => string) | undefined
  /** milliseconds; 60 s when left out, Infinity for none */
  timeout?: number | undefined
  /** the strict form of the schema; true when left out */
  strict?: boolean | undefined
  /** what `execute` gives; a result that breaks it is an error for the model */
  output?: Schema | undefined
  /** Asked on resume, before a person is, for a `once` call of unknown outcome. */
  probe?: ((input: Output<S>, context: ToolContext<C>) => Promise<Probed>) | undefined
}

/**
 * Defines a tool. The arguments of `execute` have the schema's type; annotate its second parameter for a typed context.
 * @throws ToolDefinitionError for a bad name, SchemaError where the parameters cannot be described to a model
 */
export function tool<S extends Schema, C = unknown>(options: ToolOptions<S, C>): Tool<C> {
  const { name, description, parameters, effect = 'once', strict = true, output, execute, ...rest } = options
  checkName(name)
  checkDescription(name, description)
  if (rest.timeout !== undefined && !(rest.timeout > 0))
    throw new ToolDefinitionError(`The timeout of "${name}" must be more than 0 milliseconds.`)
  const wire = wireSchema(parameters, { strict, io: 'input' })
  const definition: ToolDefinition = deepFreeze({
    type: 'function',
    function: { name, description, parameters: wire.json, strict },
  })
  return {
    ...rest,
    ...{ type: 'function', name, description, effect, definition, external: false },
    hash: digest([definition, effect]),
    decode: (text) => readArguments(text, wire.decodeText),
    checkOutput: output && outputCheck(output),
    run: runOf(execute),
  }
}
