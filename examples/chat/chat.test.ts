import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultServer, says } from '@pawl/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { startApp } from '../app/start-app.ts'
import { terminalMarkdown } from './markdown.ts'

const folder = mkdtempSync(join(tmpdir(), 'pawl-chat-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.concurrent('chat', () => {
  test('answers lines of a pipe with tools, asks before a message goes out, and knows its commands', async () => {
    const { chat, outbox } = chatIn('talk')
    const { code, stdout, stderr } = await chat([
      'What is the stock of P-101?',
      '/help',
      '/nonsense',
      'Send a message to lena.fischer@example.org saying "Your kettle is on its way."',
      'yes',
      '/quit',
      'never read',
    ])
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/stock 31[\s\S]*sent to lena\.fischer@example\.org/)
    expect(stderr).toMatch(/→ get_product[\s\S]*\/quit[\s\S]*There is no \/nonsense[\s\S]*May this run\? send_message/)
    expect(outbox()).toEqual([{ email: 'lena.fischer@example.org', message: 'Your kettle is on its way.' }])
  })

  test('a session goes on in another process, and so does a question that waits for a yes', async () => {
    const { chat, outbox } = chatIn('sessions')
    await chat(['What is the stock of P-101?'])
    const followed = await chat(
      ['And P-202?', 'Send a message to lena.fischer@example.org saying "Hello."'],
      ['--continue'],
    )
    expect(followed.stdout).toMatch(/P-202.*stock 26/)
    expect(followed.stderr).toContain('send_message waits for a yes.')
    const denied = await chat(['not before noon'], ['--continue'])
    expect(denied.stderr).toContain('going on with it')
    expect(denied.stdout).toContain('not before noon')
    expect(outbox()).toEqual([])
  })

  test('a pipe gets Markdown as the model wrote it; a stream that breaks begins anew', async () => {
    await using server = await faultServer({ script: ['cut@400', says('# Stock\n- **31** kettles')] })
    const { code, stdout } = await chatIn('pipe').chat(['Stock?'], [], { PAWL_BASE_URL: server.url })
    expect({ code, ends: stdout.endsWith('# Stock\n- **31** kettles\n') }).toEqual({ code: 0, ends: true })
    expect(server.requests).toHaveLength(2)
  })

  test('an error ends its turn; the chat goes on, and the exit code tells', async () => {
    const env = { PAWL_BASE_URL: 'http://127.0.0.1:9/v1' }
    const { code, stdout, stderr } = await chatIn('down').chat(['Hello', '/help'], [], env)
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
    expect(stderr).toMatch(/refused the connection[\s\S]*\/quit/)
    expect(stderr).not.toMatch(/\n\s+at /)
  })
})

const page = [
  '# The **stock**',
  'Some **bold**, *italic* and `co*de`; 2 * 3 is 6.',
  '- one',
  '  * two',
  '1. three',
  '> said',
  '```ts',
  '- a ** b // # no',
  '```',
  'after **unclosed',
  'end',
].join('\n')

const drawn = [
  '<1;4>The stock<22;24>',
  'Some <1>bold<22>, <3>italic<23> and <36>co*de<39>; 2 * 3 is 6.',
  '• one',
  '  • two',
  '1. three',
  '<2>│<22> said',
  '<2>──── ts<22>',
  '- a ** b // # no',
  '<2>────<22>',
  'after <1>unclosed<22>',
  'end',
].join('\n')

test('Markdown is drawn the same wherever the stream is cut', () => {
  for (let cut = 0; cut <= page.length; cut++) {
    const { push, end } = terminalMarkdown()
    const shown = push(page.slice(0, cut)) + push(page.slice(cut)) + end()
    expect(shown.replaceAll('\u001b[', '<').replaceAll(/(<[\d;]+)m/g, '$1>'), `cut at ${cut}`).toBe(drawn)
  }
})

test('a word is shown as soon as it comes', () => {
  const { push } = terminalMarkdown()
  expect(['Hel', 'lo **', 'wor', 'ld'].map(push)).toEqual(['Hel', 'lo ', '\u001b[1mwor', 'ld'])
})

test('a model cannot steer the terminal', () => {
  expect(terminalMarkdown().push('a\u001b]0;title\u0007b\u009b2Jc\r\n\td')).toBe('a]0;titleb2Jc\n\td')
})

/** A chat with a folder of its own, and the messages it sent. */
function chatIn(name: string) {
  const store = join(folder, name)
  return {
    chat: (lines: string[], words: string[] = [], env: Record<string, string> = {}) =>
      startApp('chat', [...words, '--store', store], { input: `${lines.join('\n')}\n`, env }),
    outbox: (): unknown[] => {
      try {
        const text = readFileSync(join(store, 'outbox.jsonl'), 'utf8')
        return text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      } catch {
        return []
      }
    },
  }
}
