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
  // A longer form may hold a shorter one.
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length)
  const say: Say = (text) => forms.reduce((clean, form) => clean.replaceAll(form, '***'), text.toWellFormed())
  known.set(secrets, say)
  return say
}

/** What becomes of a text where there are no secrets. */
export function wellFormed(text: string): string {
  return text.toWellFormed()
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
