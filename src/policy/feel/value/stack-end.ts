/** Is this the end of the stack: a recursion without an end, or values nested beyond all use? */
export const isStackEnd = (error: unknown): boolean =>
  (error instanceof RangeError && /call stack/iu.test(error.message)) ||
  // What V8 says where no room is left to make a regular expression of ours ready.
  (error instanceof SyntaxError && /stack overflow/iu.test(error.message))
