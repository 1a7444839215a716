/**
 * Hangs the private fields of the class that extends it on any object, unseen by JSON, spreads and comparisons. A WeakMap
 * does the same at fifteen times the cost, and holds a collection of garbage up.
 */
export class OnObject {
  constructor(value: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what the constructor returns is what the fields are hung on
    return value
  }
}
