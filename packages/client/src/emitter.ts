/** The door of eventemitter3: events by name. */

import { EventEmitter } from 'eventemitter3'

export interface Emitter<Events extends object> {
  on<K extends keyof Events & string>(type: K, listener: (event: Events[K]) => void): void
  emit<K extends keyof Events & string>(type: K, event: Events[K]): void
}

export function emitter<Events extends object>(): Emitter<Events> {
  const events = new EventEmitter<string>()
  return {
    on: (type, listener) => void events.on(type, listener),
    emit: (type, event) => void events.emit(type, event),
  }
}
