// From the parsed body, which can be anything, to a request that the rules can trust.
import { offlineModelId } from '../model-id.ts'
import { checkMessages } from './check-messages.ts'
import { checkToolChoice, checkTools } from './check-tools.ts'
import { asObject, type JsonObject } from './json-object.ts'
import type { AnswerFormat, OfferedMessage, OfflineRequest } from './request.ts'
import { RequestFault } from './request-fault.ts'

/**
 * Reads a request body. Parameters that rules have no use for (temperature, seed and so on) are passed over, as are null ones.
 * @throws RequestFault 400 naming the parameter, or 404 for a model other than `offlineModelId`
 */
export function checkRequest(input: unknown): OfflineRequest {
  const body = asObject(input)
  if (!body) throw new RequestFault(400, 'The request body must be a JSON object.')
  const model = checkModel(body['model'])
  const messages = checkMessages(body['messages'])
  const tools = checkTools(body['tools'])
  if (!body['tools'] && body['parallel_tool_calls'] !== undefined) {
    throw new RequestFault(400, "'parallel_tool_calls' is only allowed when 'tools' are given.", {
      param: 'parallel_tool_calls',
    })
  }
  const stream = optionalBoolean(body, 'stream') ?? false
  return {
    model,
    messages,
    ...checkToolChoice(body['tool_choice'], tools, Boolean(body['tools'])),
    parallel: optionalBoolean(body, 'parallel_tool_calls') ?? true,
    format: checkFormat(body['response_format'], messages),
    stream,
    includeUsage: checkStreamOptions(body['stream_options'], stream),
    choices: optionalInteger(body, 'n', 1, 128) ?? 1,
    maxTokens: optionalInteger(body, 'max_completion_tokens', 1) ?? optionalInteger(body, 'max_tokens', 1),
    stop: checkStop(body['stop']),
  }
}

function checkModel(model: unknown): string {
  if (typeof model !== 'string' || model === '') {
    throw new RequestFault(400, "The parameter 'model' must be a string.", { param: 'model' })
  }
  if (model === offlineModelId) return model
  throw new RequestFault(404, `This server answers by rules and has one model, '${offlineModelId}'.`, {
    param: 'model',
    code: 'model_not_found',
  })
}

function checkFormat(format: unknown, messages: readonly OfferedMessage[]): AnswerFormat {
  if (format === undefined || format === null) return { type: 'text' }
  const type = asObject(format)?.['type']
  if (type === 'text') return { type }
  if (type === 'json_object') {
    // The real service asks for the word too: without it a model may write prose for ever.
    if (messages.some((message) => /json/i.test(message.text))) return { type }
    throw new RequestFault(400, "A message must contain the word 'json' for 'response_format' of type 'json_object'.", {
      param: 'messages',
    })
  }
  if (type !== 'json_schema') {
    throw new RequestFault(400, "'response_format.type' must be 'text', 'json_object' or 'json_schema'.", {
      param: 'response_format.type',
    })
  }
  const wanted = asObject(asObject(format)?.['json_schema'])
  const name = wanted?.['name']
  if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name)) {
    throw new RequestFault(400, "'response_format.json_schema.name' must be 1 to 64 of a-z, A-Z, 0-9, '_' and '-'.", {
      param: 'response_format.json_schema.name',
    })
  }
  const schema = asObject(wanted?.['schema'])
  if (schema) return { type, name, schema }
  throw new RequestFault(400, "'response_format.json_schema.schema' must be a JSON Schema.", {
    param: 'response_format.json_schema.schema',
  })
}

function checkStreamOptions(options: unknown, stream: boolean): boolean {
  if (options === undefined || options === null) return false
  const given = asObject(options)
  if (!given) throw new RequestFault(400, "'stream_options' must be an object.", { param: 'stream_options' })
  if (stream) return optionalBoolean(given, 'include_usage', 'stream_options.include_usage') ?? false
  throw new RequestFault(400, "'stream_options' is only allowed when 'stream' is true.", { param: 'stream_options' })
}

function checkStop(stop: unknown): readonly string[] {
  if (stop === undefined || stop === null) return []
  const list = Array.isArray(stop) ? stop : [stop]
  if (list.length <= 4 && list.every((text): text is string => typeof text === 'string' && text !== '')) return list
  throw new RequestFault(400, "'stop' must be a string or up to four strings.", { param: 'stop' })
}

function optionalBoolean(from: JsonObject, key: string, param = key): boolean | undefined {
  const value = from[key]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value
  throw new RequestFault(400, `'${param}' must be a boolean.`, { param })
}

function optionalInteger(
  from: JsonObject,
  key: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = from[key]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new RequestFault(400, `'${key}' must be an integer of at least ${least}.`, { param: key })
}
