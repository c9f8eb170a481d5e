import type { PlaceName, Secrecy } from '#access/server'
import { maskNumber, parseResidentNumber } from '#base'
import { numberContext } from '../people/number.server.ts'
import type { listCandidates } from './adjudication.queries.server.ts'
import { type Candidate, type RowIdentity, rowIdentity } from './candidate.ts'
import { compareIdentities, type Identity } from './compare.ts'
import type { CandidateView, CaseFile } from './contract.ts'
import { identityContext } from './record-adjudications.server.ts'

type PersonRow = Awaited<ReturnType<typeof listCandidates>>[number]

/** The identity in the row, decrypted; a number tells birth date and sex where the row does not. */
export const openIdentity = (secrecy: Secrecy, sealed: Buffer): RowIdentity => {
  const identity = rowIdentity.parse(JSON.parse(secrecy.decryptText(sealed, identityContext)))
  const read = parseResidentNumber(identity.number ?? '')
  return read.ok ? { birthDate: read.birthDate, sex: read.sex, ...identity, number: read.number } : identity
}

const identityOf = (secrecy: Secrecy, person: PersonRow): Identity => ({
  name: person.name ?? undefined,
  number: person.number_cipher ? secrecy.decryptText(person.number_cipher, numberContext) : undefined,
  birthDate: person.birth_date ?? undefined,
  sex: person.sex ?? undefined,
  regionCode: person.region_code,
})

const shown = (identity: Identity, place: string | undefined): CaseFile['row'] => ({
  name: identity.name ?? null,
  number: identity.number === undefined ? null : maskNumber(identity.number),
  birthDate: identity.birthDate ?? null,
  sex: identity.sex ?? null,
  place: place ?? null,
})

/** The row's side of the comparison. */
export const viewOfRow = (row: RowIdentity, placeOf: (code: string) => PlaceName): CaseFile['row'] =>
  shown(row, row.place ?? (row.regionCode && placeOf(row.regionCode).name))

/** A candidate beside the row; one outside the reader's area is only said to exist. */
export const viewOfCandidate = (
  secrecy: Secrecy,
  row: RowIdentity,
  candidate: Candidate,
  person: PersonRow | undefined,
  placeOf: (code: string) => PlaceName,
): CandidateView => {
  const common = {
    personId: candidate.personId,
    score: candidate.score,
    reasons: candidate.reasons,
    vetoes: candidate.vetoes,
  }
  if (!person)
    return { ...common, visible: false, household: null, relation: null, identity: null, agreement: null }
  const identity = identityOf(secrecy, person)
  return {
    ...common,
    visible: true,
    household: { id: person.household_id, number: person.household_number },
    relation: person.relation,
    identity: shown(identity, placeOf(person.region_code).name),
    agreement: compareIdentities(row, identity),
  }
}
