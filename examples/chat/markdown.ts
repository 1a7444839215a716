/** Markdown for the terminal, as it streams: a character is held back only until its meaning is known. */

/** Terminal codes that switch a style on and off. */
const styles = {
  bold: ['\u001b[1m', '\u001b[22m'],
  italic: ['\u001b[3m', '\u001b[23m'],
  code: ['\u001b[36m', '\u001b[39m'],
  heading: ['\u001b[1;4m', '\u001b[22;24m'],
} as const

type Style = keyof typeof styles

const emphasis: Readonly<Record<string, readonly Style[]>> = {
  '*': ['italic'],
  '**': ['bold'],
  '***': ['bold', 'italic'],
}

const dim = (text: string) => `\u001b[2m${text}\u001b[22m`

/** May still become a heading, a bullet, a number, a quote or a fence. */
const undecided = /^ *(?:#{1,6}|`{1,2}|```[^\n]*|[-*+]|\d{1,3}[.)]?|>)?$/

/**
 * Headings, bold, italic, inline code, fences, lists and quotes; everything else stays as it is written. `push` gives what
 * can be shown by now, `end` the rest; where the text is cut makes no difference to what they give together. Control
 * characters are left out: a model must not be able to steer the terminal.
 */
export function terminalMarkdown(): { push(text: string): string; end(): string } {
  let fresh = true
  let fenced = false
  let held = ''
  let marks = ''
  let previous = '\n'
  const open = new Set<Style>()

  function toggle(style: Style): string {
    const [on, off] = styles[style]
    if (open.delete(style)) return off
    open.add(style)
    return on
  }

  /** What the held stars or backticks mean, now that the character after them is known. */
  function settleMarks(next: string): string {
    const held = marks
    marks = ''
    if (held === '') return ''
    if (held.startsWith('`')) return toggle('code')
    const named: readonly Style[] | undefined = emphasis[held]
    // A heading is bold already.
    const wanted = named?.filter((style) => style !== 'bold' || !open.has('heading'))
    // A star between spaces multiplies.
    if (!wanted?.every((style) => !/\s/.test(open.has(style) ? previous : next))) return held
    return wanted.map(toggle).join('')
  }

  function inline(character: string): string {
    const isMark = character === '`' || (character === '*' && !open.has('code'))
    if (isMark && (marks === '' || marks.startsWith(character))) {
      marks += character
      return ''
    }
    let shown = settleMarks(character)
    if (isMark) {
      marks = character
      return shown
    }
    if (character === '\n') {
      shown += [...open].reverse().map(toggle).join('')
      fresh = true
    }
    previous = character
    return shown + character
  }

  /** The beginning of a line, once it is known. */
  function begin(line: string): string {
    if (/^ *```[^\n]*\n$/.test(line)) {
      fenced = !fenced
      return `${dim(`──── ${fenced ? line.replaceAll(/[`\s]/g, '') : ''}`.trimEnd())}\n`
    }
    fresh = line.endsWith('\n') && fenced
    if (fenced) return line
    if (/^ *#{1,6} $/.test(line)) return toggle('heading')
    if (/^ *[-*+] $/.test(line)) return line.replace(/[-*+]/, '•')
    if (/^ *> $/.test(line)) return line.replace('>', dim('│'))
    return Array.from(line, inline).join('')
  }

  function step(character: string): string {
    if (isControl(character)) return ''
    if (!fresh) {
      if (!fenced) return inline(character)
      fresh = character === '\n'
      return character
    }
    held += character
    if (undecided.test(held)) return ''
    const line = held
    held = ''
    return begin(line)
  }

  return {
    push: (text) => Array.from(text, step).join(''),
    end() {
      const line = held
      held = ''
      const rest = line === '' ? '' : /^ *```/.test(line) ? begin(`${line}\n`) : Array.from(line, inline).join('')
      return rest + settleMarks(' ') + [...open].reverse().map(toggle).join('')
    },
  }
}

/** Everything that a terminal obeys, but not line breaks and tabs. */
function isControl(character: string): boolean {
  const code = character.charCodeAt(0)
  return (code < 32 && character !== '\n' && character !== '\t') || (code >= 127 && code < 160)
}
