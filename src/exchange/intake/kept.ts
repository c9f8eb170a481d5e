/** What `identity_cipher` holds, as JSON. */
export interface Identity {
  readonly number?: string | undefined
  readonly name?: string | undefined
  readonly birthDate?: string | undefined
}

export const identityContext = 'unmatched_rows.identity_cipher'
export const cellsContext = 'feed_rejects.cells_cipher'
