/** Takes known secret values out of what is told. */

/** What becomes of each text before it is told. */
export type Say = (text: string) => string

/** Shorter values stand in ordinary words too. */
const shortest = 8

const known = new WeakMap<readonly string[], Say>()

/** Puts `***` in the place of each secret: as it is, in JSON, in an address, in base64. Shorter ones than 8 characters stay. */
export function withoutSecrets(secrets: readonly string[] | undefined): Say {
  if (secrets === undefined || secrets.length === 0) return wellFormed
  const before = known.get(secrets)
  if (before) return before
  const forms = formsOfAll(secrets)
  const say: Say = (text) => forms.reduce((clean, form) => clean.replaceAll(form, '***'), text.toWellFormed())
  known.set(secrets, say)
  return say
}

/** The same for a message that shows the beginnings of values: a line may end within a secret. */
export function withoutCutSecrets(secrets: readonly string[] | undefined): Say {
  const say = withoutSecrets(secrets)
  if (secrets === undefined || say === wellFormed) return say
  const forms = formsOfAll(secrets)
  const whole = (line: string) => {
    const cut = Math.max(...forms.map((form) => overlap(line, form)))
    return cut < shortest ? line : `${line.slice(0, -cut)}***`
  }
  return (text) => say(text).split('\n').map(whole).join('\n')
}

/** How many characters at the end of a line are the beginning of a form. */
function overlap(line: string, form: string): number {
  let length = Math.min(line.length, form.length - 1)
  while (length > 0 && !form.startsWith(line.slice(-length))) length -= 1
  return length
}

/** What becomes of a text where there are no secrets. */
export function wellFormed(text: string): string {
  return text.toWellFormed()
}

/** A longer form may hold a shorter one, and comes first. */
function formsOfAll(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length)
}

function formsOf(given: string): readonly string[] {
  if (given.length < shortest) return []
  const secret = given.toWellFormed()
  const json = inJson(secret)
  const addresses = [encodeURIComponent(secret), String(new URLSearchParams([[secret, '']])).slice(0, -1)]
  const lower = addresses.map((one) => one.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))
  return [secret, json, inJson(json), ...addresses, ...lower, ...inBase64(secret)]
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Three bytes are four characters: of each place where the secret may begin among three, what only it decides. */
function inBase64(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret)
  return [0, 1, 2].flatMap((before) => {
    const text = btoa(String.fromCharCode(...new Uint8Array(before), ...bytes))
    const inside = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
