/** Our own mistake: the work stops and somebody is alarmed. What the world may do wrong is a `Refusal`. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure'
}

/** Stops the work when something holds that our own code rules out. Never for what a user or a file may do. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message)
}
