import { PawlError } from '@pawl/client'

/** A scripted model was asked once more than its script has turns. */
export class ScriptError extends PawlError {
  static override readonly name: string = 'ScriptError'
  override readonly code = 'script_ended'

  constructor(scripted: number) {
    const turns = scripted === 1 ? '1 turn was' : `${scripted} turns were`
    super(`The scripted model was asked ${scripted + 1} times, but ${turns} scripted.`)
  }
}
