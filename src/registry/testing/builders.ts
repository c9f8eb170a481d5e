import { checkCharacterOf } from '#base'
import type { ImportHousehold, ImportMember } from '../load/import.ts'

// Builders for tests: people nobody could be (areas 99xxxx), with everything that a test does not speak of filled in.

/** A valid number of an area that was never given out; `serial` 0 to 499 tells people born on one day apart. */
export const aNumber = (serial = 0, birthDate = '1956-03-12', sex: 'male' | 'female' = 'female'): string => {
  const order = String(serial * 2 + (sex === 'male' ? 1 : 2)).padStart(3, '0')
  const body = `992901${birthDate.replaceAll('-', '')}${order}`
  return body + checkCharacterOf(body)
}

/** A member with name and number; pass `undefined` for what nobody knows. */
export const aMember = (member: Partial<ImportMember> = {}): ImportMember => ({
  name: '杨秀英',
  relation: 'head',
  ...('number' in member ? {} : { number: aNumber() }),
  ...member,
})

/** A dibao household of one in 大理市. */
export const aHousehold = (household: Partial<ImportHousehold> = {}): ImportHousehold => ({
  number: 'H2901000001',
  regionCode: '532901001001',
  areaType: 'rural',
  registeredOn: '2024-05-01',
  categories: [{ category: 'dibao', validFrom: '2024-05-01' }],
  members: [aMember()],
  ...household,
})
