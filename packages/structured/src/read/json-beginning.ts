/** Where the JSON begins in an answer that may have thinking, a fence or prose before it. */

const thinkingBegins = '<think>'
const thinkingEnds = '</think>'

/** @returns takes the pieces of an answer and gives those of the JSON; each piece is looked at once */
export function jsonBeginning(): (piece: string) => string {
  let place: 'start' | 'thinking' | 'prose' | 'json' = 'start'
  let held = ''
  return function take(piece: string): string {
    if (place === 'json') return piece
    if (place === 'start') {
      held = (held + piece).trimStart()
      if (held === '' || (held.length < thinkingBegins.length && thinkingBegins.startsWith(held))) return ''
      if (held.startsWith('{') || held.startsWith('[')) place = 'json'
      else place = held.startsWith(thinkingBegins) ? 'thinking' : 'prose'
      const begun = held
      held = ''
      return take(begun)
    }
    if (place === 'thinking') {
      const text = held + piece
      const end = text.indexOf(thinkingEnds)
      held = end < 0 ? text.slice(-thinkingEnds.length) : ''
      if (end < 0) return ''
      place = 'start'
      return take(text.slice(end + thinkingEnds.length))
    }
    const at = piece.indexOf('{')
    if (at < 0) return ''
    place = 'json'
    return piece.slice(at)
  }
}
