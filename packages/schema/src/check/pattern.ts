/**
 * Regular expressions of foreign schemas, matched in time linear in the text: all ways through the pattern are followed at once,
 * so none is tried again. A schema from another server may hold one on which the built-in engine would not come back.
 */

export interface Pattern {
  /** texts of more than 10,000 characters are not looked at and pass */
  test(text: string): boolean
}

const longestText = 10_000
const mostStates = 1000

type Node =
  | { readonly kind: 'one'; readonly accepts: (code: number) => boolean }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }

/** `to`: where it goes on, without reading a character unless `accepts` is there. */
interface State {
  readonly accepts?: (code: number) => boolean
  readonly edge?: 'start' | 'end'
  to: readonly number[]
}

const compiled = new Map<string, Pattern | undefined>()

/** Undefined for a pattern that is not regular: then nothing is said about the text. */
export function matches(source: string, text: string): boolean | undefined {
  if (!compiled.has(source)) {
    // schemas come and go with their servers; the patterns of the last thousand are kept
    if (compiled.size >= 1000) compiled.clear()
    compiled.set(source, compilePattern(source))
  }
  return compiled.get(source)?.test(text)
}

/** @returns undefined for what is not regular (look-around, back references), is too big, or is no pattern at all */
export function compilePattern(source: string): Pattern | undefined {
  try {
    const states: State[] = [{ to: [] }]
    const start = emit(new Parser(source).parse(), 0, states)
    return { test: (text) => text.length > longestText || run(states, start, text) }
  } catch (error) {
    if (error instanceof Unsupported || error instanceof SyntaxError) return undefined
    throw error
  }
}

class Unsupported extends Error {}

class Parser {
  private at = 0
  private readonly source: string
  constructor(source: string) {
    this.source = source
  }

  parse(): Node {
    const node = this.choice()
    if (this.at < this.source.length) throw new Unsupported()
    return node
  }

  private choice(): Node {
    const nodes = [this.sequence()]
    while (this.take('|')) nodes.push(this.sequence())
    return { kind: 'choice', nodes }
  }

  private sequence(): Node {
    const nodes: Node[] = []
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) nodes.push(this.repeated())
    return { kind: 'sequence', nodes }
  }

  private repeated(): Node {
    const node = this.atom()
    const [whole, sign, low, comma, high] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.source.slice(this.at)) ?? []
    if (whole === undefined) return node
    this.at += whole.length
    if (sign !== undefined)
      return { kind: 'repeat', node, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity }
    const least = Number(low)
    return { kind: 'repeat', node, least, most: comma === '' ? least : high === '' ? Infinity : Number(high) }
  }

  private atom(): Node {
    if (this.take('(')) {
      const [prefix] = /^\?(?::|<[A-Za-z_]\w*>)/.exec(this.source.slice(this.at)) ?? []
      if (prefix === undefined && this.source.charAt(this.at) === '?') throw new Unsupported()
      this.at += prefix?.length ?? 0
      const node = this.choice()
      if (!this.take(')')) throw new Unsupported()
      return node
    }
    if (this.take('^')) return { kind: 'edge', edge: 'start' }
    if (this.take('$')) return { kind: 'edge', edge: 'end' }
    // a class ends at the first bracket that is not escaped; an escape may carry hex digits or a property name
    const [one] =
      /^(?:\[(?:\\[\s\S]|[^\]\\])*\]|\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|[^bB1-9k])|[^*+?\\[\]{}()|])/su.exec(
        this.source.slice(this.at),
      ) ?? []
    if (one === undefined) throw new Unsupported()
    this.at += one.length
    return { kind: 'one', accepts: oneCharacter(one) }
  }

  private take(character: string): boolean {
    if (this.source.charAt(this.at) !== character) return false
    this.at++
    return true
  }
}

/** One character cannot be matched in more than one way, so the built-in engine may look at it. */
function oneCharacter(source: string): (code: number) => boolean {
  const expression = expressionOf(source)
  const ascii = Array.from({ length: 128 }, (_, code) => expression.test(String.fromCharCode(code)))
  return (code) => ascii[code] ?? expression.test(String.fromCodePoint(code))
}

function expressionOf(source: string): RegExp {
  try {
    return new RegExp(`^${source}$`, 'u')
  } catch {
    return new RegExp(`^${source}$`)
  }
}

/** Adds the states of a node that goes on to `next`; returns where it begins. */
function emit(node: Node, next: number, states: State[]): number {
  switch (node.kind) {
    case 'one':
      return add({ accepts: node.accepts, to: [next] }, states)
    case 'edge':
      return add({ edge: node.edge, to: [next] }, states)
    case 'sequence':
      return node.nodes.reduceRight((after, part) => emit(part, after, states), next)
    case 'choice':
      return add({ to: node.nodes.map((part) => emit(part, next, states)) }, states)
    case 'repeat': {
      let start = next
      if (node.most === Infinity) {
        start = add({ to: [] }, states)
        const loop = states[start]
        if (loop !== undefined) loop.to = [emit(node.node, start, states), next]
      } else {
        for (let count = node.least; count < node.most; count++)
          start = add({ to: [emit(node.node, start, states), next] }, states)
      }
      for (let count = 0; count < node.least; count++) start = emit(node.node, start, states)
      return start
    }
  }
}

function add(state: State, states: State[]): number {
  if (states.length >= mostStates) throw new Unsupported()
  return states.push(state) - 1
}

/** State 0 is the end of the pattern. It is looked for at every place of the text, as JSON Schema says. */
function run(states: readonly State[], start: number, text: string): boolean {
  let open: number[] = []
  const seenAt = new Int32Array(states.length).fill(-1)
  const reach = (from: number, at: number, into: number[]): boolean => {
    const waiting = [from]
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (index === 0) return true
      const state = states[index]
      if (state === undefined || seenAt[index] === at) continue
      seenAt[index] = at
      if (state.accepts !== undefined) into.push(index)
      else if (state.edge === undefined || (state.edge === 'start' ? at === 0 : at === text.length))
        waiting.push(...state.to)
    }
    return false
  }
  for (let at = 0; at <= text.length; ) {
    if (reach(start, at, open)) return true
    const code = text.codePointAt(at)
    if (code === undefined) return false
    const place = at + (code > 0xffff ? 2 : 1)
    const following: number[] = []
    for (const index of open) {
      const state = states[index]
      if (state?.accepts?.(code) && state.to.some((to) => reach(to, place, following))) return true
    }
    open = following
    at = place
  }
  return false
}
