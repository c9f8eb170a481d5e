import type { Secrecy } from '#access/server'
import { newId, parseResidentNumber } from '#base'
import type { Identity } from '#exchange'
import { rowKeyOf, tokensOf } from '#lake'
import type { Database, Tx } from '#store/server'
import { aHousehold, aMember, aNumber } from './builders.ts'
import {
  addFile,
  changePerson,
  decide,
  dismissSome,
  type PersonChange,
  type RowToKeep,
  removeRows,
  undo,
} from './matching-world.queries.server.ts'
import { load, look } from './registry.server.ts'

/** What a row of a file says of somebody; `of` takes the number of a person, with a digit changed. */
export interface RowSaid {
  readonly kind: 'vehicles' | 'disability'
  readonly name: string
  readonly birthDate: string | undefined
  readonly regionCode: string
  readonly number:
    | 'none'
    | { readonly spoiled: number; readonly at: number }
    | { readonly serial: number }
    | { readonly of: number }
}

export type Step =
  | {
      readonly do: 'come'
      readonly name: string
      readonly birthDate: string
      readonly regionCode: string
      readonly hasNumber: boolean
    }
  | { readonly do: 'leave' | 'return' | 'lose-number'; readonly who: number }
  | { readonly do: 'rename'; readonly who: number; readonly name: string | undefined }
  | { readonly do: 'be-born'; readonly who: number; readonly birthDate: string | undefined }
  | { readonly do: 'move'; readonly who: number; readonly regionCode: string }
  | { readonly do: 'file'; readonly rows: readonly RowSaid[] }
  | { readonly do: 'take-back' | 'quarantine'; readonly file: number }
  | { readonly do: 'decide'; readonly row: number; readonly who: number; readonly same: boolean }
  | { readonly do: 'undo'; readonly row: number }
  | { readonly do: 'dismiss'; readonly lead: number }

interface Somebody {
  readonly id: string
  readonly number: string | undefined
}

interface World {
  readonly database: Database
  readonly secrecy: Secrecy
  readonly people: Somebody[]
  readonly files: string[]
  readonly rowKeys: Buffer[]
}

const at = <T>(list: readonly T[], place: number): T | undefined => list[place % Math.max(1, list.length)]

const spoil = (number: string, place: number): string =>
  `${number.slice(0, place)}${(Number(number[place]) + 3) % 10}${number.slice(place + 1)}`

const come = async ({ database, secrecy, people }: World, step: Step & { do: 'come' }): Promise<void> => {
  const { name, birthDate, regionCode } = step
  const [id, number] = [newId(), step.hasNumber ? aNumber(people.length + 1, birthDate) : undefined]
  const member = aMember({ id, name, birthDate, number, relation: 'head' })
  await load(database, secrecy, aHousehold({ number: `H${newId()}`, regionCode, members: [member] }))
  people.push({ id, number })
}

const identityOf = ({ people }: World, { name, birthDate, number }: RowSaid): Identity => {
  if (number === 'none') return { name, birthDate }
  if ('serial' in number) return { number: aNumber(number.serial, '1971-02-03'), name, birthDate }
  const known = at(people, 'of' in number ? number.of : number.spoiled)?.number
  if (known === undefined) return { name, birthDate }
  return 'of' in number
    ? { number: known, name, birthDate }
    : { writtenNumber: spoil(known, number.at), name, birthDate }
}

const keyOf = (secrecy: Secrecy, regionCode: string, identity: Identity): string => {
  const { number, writtenNumber, name = '', birthDate } = identity
  const read = parseResidentNumber(number ?? '')
  const [token] = tokensOf([read.ok ? read.number : null], secrecy.encryptBlocks)
  const key = rowKeyOf({
    ...(token ? { token: token.token, check: token.check } : {}),
    nameKey: secrecy.nameKey(name),
    birthDate,
    regionCode,
    writtenKey: writtenNumber === undefined ? undefined : secrecy.hashKey('written', writtenNumber),
  })
  return key ?? `p:${name}`
}

const sendFile = async (tx: Tx, world: World, rows: readonly RowSaid[]): Promise<void> => {
  const { secrecy, files, rowKeys } = world
  const kept = rows.map((said): RowToKeep => {
    const identity = identityOf(world, said)
    const { kind, regionCode } = said
    const rowKey = Buffer.from(keyOf(secrecy, regionCode, identity))
    return { kind, regionCode, rowKey, identity, hasNumber: identity.number !== undefined }
  })
  rowKeys.push(...kept.map(({ rowKey }) => rowKey))
  files.push(await addFile(tx, secrecy, kept))
}

const changeOf = (secrecy: Secrecy, step: Step): PersonChange | undefined => {
  switch (step.do) {
    case 'leave':
      return { left_on: '2026-06-01' }
    case 'return':
      return { left_on: null }
    case 'lose-number':
      return { number_token: null, number_check: null, number_index: null }
    case 'rename':
      return { name: step.name ?? null, name_key: secrecy.nameKey(step.name ?? '') ?? null }
    case 'be-born':
      return { birth_date: step.birthDate ?? null }
    case 'move':
      return { region_code: step.regionCode }
    default:
      return undefined
  }
}

const take = async (tx: Tx, world: World, step: Exclude<Step, { do: 'come' }>): Promise<void> => {
  const { secrecy, people, files, rowKeys } = world
  if (step.do === 'file') return sendFile(tx, world, step.rows)
  if (step.do === 'dismiss') return dismissSome(tx, step.lead)
  if (step.do === 'undo') return undo(tx, at(rowKeys, step.row) ?? Buffer.alloc(0))
  if ('file' in step) {
    const [file] = files.splice(step.file % Math.max(1, files.length), 1)
    if (file && step.do === 'take-back') await removeRows(tx, file)
    return
  }
  if (!('who' in step)) return
  const person = at(people, step.who)
  if (!person) return
  const change = changeOf(secrecy, step)
  if (change) await changePerson(tx, person.id, change)
  const rowKey = step.do === 'decide' ? at(rowKeys, step.row) : undefined
  if (rowKey && step.do === 'decide') await decide(tx, rowKey, person.id, step.same)
}

/** A registry and files that change step by step, to compare what is kept between scans with what scoring everything anew says. */
export const openMatchingWorld = (database: Database, secrecy: Secrecy) => {
  const world: World = { database, secrecy, people: [], files: [], rowKeys: [] }
  return {
    /** The accepted files. */
    files: (): readonly string[] => world.files,
    take: (step: Step): Promise<void> =>
      step.do === 'come' ? come(world, step) : look(database, (tx) => take(tx, world, step)),
  }
}
