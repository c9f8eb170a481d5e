import type { Secrecy } from '#access/server'
import { parseResidentNumber } from '#base'

/** Who a lead is, as the department wrote it. */
export interface LeadIdentity {
  readonly number?: string | undefined
  readonly name?: string | undefined
  readonly birthDate?: string | undefined
}

/**
 * The key that makes it one lead per person: the number where there is one, else name and birth date. Undefined when
 * the row says too little to tell one person from another.
 */
export const leadKeyOf = (secrecy: Secrecy, identity: LeadIdentity): Buffer | undefined => {
  const read = parseResidentNumber(identity.number ?? '')
  if (read.ok) return Buffer.from(secrecy.blindIndex(read.number), 'hex')
  const name = secrecy.nameKey(identity.name ?? '')
  if (name === undefined || identity.birthDate === undefined) return undefined
  const key = Buffer.alloc(16)
  key.writeBigInt64BE(name, 0)
  key.writeBigInt64BE(secrecy.hashKey('lead-birth-date', `${name}:${identity.birthDate}`), 8)
  return key
}
