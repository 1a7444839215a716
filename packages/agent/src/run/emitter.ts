/** The door of eventemitter3: events by name. */

import { EventEmitter } from 'eventemitter3'
import type { RunEvent } from '../state/events.ts'

export type Listener<T extends RunEvent['type']> = (event: Extract<RunEvent, { type: T }>) => void

export interface Listeners {
  on<T extends RunEvent['type']>(type: T, listener: Listener<T>): void
  emit(event: RunEvent): void
}

export function listeners(): Listeners {
  const emitter = new EventEmitter<string>()
  return {
    on: (type, listener) => void emitter.on(type, listener as (event: RunEvent) => void),
    emit: (event) => void emitter.emit(event.type, event),
  }
}
