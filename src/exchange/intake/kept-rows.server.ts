/** A rejected row as it is kept: place and reason readable, the cells encrypted. */
export interface KeptReject {
  readonly feed_id: string
  readonly seq: number
  readonly region_code: string
  readonly sheet: string | null
  readonly line: number
  readonly column_name: string
  readonly reason: string
  readonly masked_value: string
  readonly cells_cipher: Buffer
}

/** An identity kept for matching: encrypted, with the key that decisions are remembered by. */
export interface KeptIdentity {
  readonly feed_id: string
  readonly row_no: number
  readonly region_code: string
  readonly kind: string
  readonly role: string
  readonly row_key: Buffer
  readonly identity_cipher: Buffer
  readonly has_number: boolean
}
