import { PawlError } from '@pawl/client'

/** A second iterator was asked for; one handle is read once. */
export class AlreadyReadError extends PawlError {
  override readonly code = 'already_read'

  constructor() {
    super('This is being read already. Call the function again for another reading.')
  }
}
