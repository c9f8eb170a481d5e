/** A number of which only the last four characters are at hand: nothing is decrypted to show it masked. */
export const maskedByEnd = (last4: string | null): string | null =>
  last4 === null ? null : `${'*'.repeat(14)}${last4}`
