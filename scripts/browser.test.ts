import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const program = `
  import { agent, createClient, run, tool } from 'pawl'
  const model = createClient({ baseURL: 'http://model.test/v1', apiKey: 'k' }).model('m')
  const stock = tool({
    name: 'stock',
    description: 'Pieces in stock',
    parameters: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'], additionalProperties: false },
    execute: ({ sku }) => ({ sku, pieces: 54 }),
  })
  const running = run(agent({ model, tools: [stock] }), 'How many?')
  globalThis.outcome = (async () => {
    let text = ''
    for await (const event of running) if (event.type === 'text.delta') text += event.delta
    return { text, status: (await running).status }
  })()`

/** What browsers, workers and edge runtimes have in common. */
const webGlobals = {
  ...{
    AbortController,
    AbortSignal,
    Blob,
    DOMException,
    Event,
    EventTarget,
    Headers,
    ReadableStream,
    Request,
    Response,
    TextDecoder,
    TextEncoder,
  },
  ...{
    URL,
    URLSearchParams,
    clearTimeout,
    console,
    crypto,
    performance,
    queueMicrotask,
    setTimeout,
    structuredClone,
    setInterval,
    clearInterval,
  },
}

test('everything but the Node doors runs where there is no Node', async () => {
  const resolveDir = fileURLToPath(new URL('../examples', import.meta.url))
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    metafile: true,
  })
  expect(Object.keys(metafile.inputs).filter((path) => /client\/src\/transport\/(http\/|node\.ts)/.test(path))).toEqual(
    [],
  )
  const [bundle] = outputFiles
  const asked: string[] = []
  const context = createContext({ ...webGlobals, fetch: answering(asked), outcome: undefined })
  runInContext(bundle?.text ?? '', context)
  expect(await context['outcome']).toEqual({ text: 'There are 54.', status: 'done' })
  expect(asked).toHaveLength(2)
  expect(asked[1]).toContain('\\"pieces\\":54')
})

test('an error says its name where a bundle has been made small', async () => {
  const contents = `
    import * as pawl from 'pawl'
    const errors = Object.entries(pawl).filter(([, value]) => value.prototype instanceof pawl.PawlError)
    globalThis.names = errors.map(([name, value]) => [name, value.name])`
  const resolveDir = fileURLToPath(new URL('../examples', import.meta.url))
  const stdin = { contents, resolveDir }
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  })
  const context = createContext({ ...webGlobals, names: undefined })
  runInContext(outputFiles[0]?.text ?? '', context)
  const names: [string, string][] = context['names']
  expect(names.length).toBeGreaterThan(20)
  for (const [name, said] of names) expect(said).toBe(name)
})

/** First a call of the tool, then an answer, as event streams. */
function answering(asked: string[]): typeof fetch {
  const call = {
    tool_calls: [
      { index: 0, id: 'call_1', type: 'function', function: { name: 'stock', arguments: '{"sku":"P-104"}' } },
    ],
  }
  return async (_, init) => {
    asked.push(String(init?.body))
    const [delta, finish] = asked.length === 1 ? [call, 'tool_calls'] : [{ content: 'There are 54.' }, 'stop']
    const chunks = [
      { delta, finish_reason: null },
      { delta: {}, finish_reason: finish },
    ].map((choice) => ({
      ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, ...choice }] },
    }))
    const body = [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'].join('')
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}
