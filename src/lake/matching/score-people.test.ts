import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { quoteText } from '../engine/sql.ts'
import { matchRows } from './match-rows.ts'
import { handSet } from './parameters.ts'
import type { Candidate, ScoredRow } from './score.ts'
import { matchPeople } from './score-people.server.ts'

let tempDir = ''
let engine: Engine
beforeAll(async () => {
  tempDir = mkdtempSync(join(tmpdir(), 'matching-'))
  engine = await openEngine({ tempDir, memoryMiB: 200, threads: 1, spills: false })
})
afterAll(() => {
  engine.close()
  rmSync(tempDir, { recursive: true, force: true })
})

const relationOf = (people: readonly Candidate[]): string => {
  const text = (value: string | undefined) => (value === undefined ? 'null' : quoteText(value))
  const values = people.map(
    ({ personId, name, birthDate, regionCode, number }) =>
      `(${text(personId)}, ${text(name)}, cast(${text(birthDate)} as date), cast(${regionCode} as bigint), cast(${text(number)} as varchar))`,
  )
  return `(select * from (values ${values.join(', ')}) v(person_id, name, birth_date, region, "number"))`
}

const wang: Candidate = {
  personId: 'p-1',
  name: '王建国',
  birthDate: '1987-04-12',
  regionCode: '532901001002',
  number: '532901198704120015',
}
const row: ScoredRow = { name: '王建国', birthDate: '1987-04-12', regionCode: '532901001000' }

test('people in an engine give the verdicts that people offered one by one give, and few are compared', async () => {
  const others = Array.from({ length: 500 }, (_, at) => ({
    ...wang,
    personId: `n-${at}`,
    name: at % 2 === 0 ? '王建国' : '李秀英',
    birthDate: '1960-01-01',
    regionCode: '532923001001',
    number: undefined,
  }))
  const { verdicts, figures } = await matchPeople(engine, relationOf([wang, ...others]), [row])
  expect(verdicts).toEqual(matchRows([row], [wang, ...others]))
  expect(verdicts[0]).toMatchObject({ outcome: 'accept', match: { personId: 'p-1' } })
  expect(figures).toEqual({ people: 501, identities: 1, pairs: 1, offered: 1 })
})

test('people looked at in several parts are each looked at once', async () => {
  const others = Array.from({ length: 40 }, (_, at) => ({ ...wang, personId: `n-${at}` }))
  const registry = [wang, ...others]
  const { verdicts, figures } = await matchPeople(engine, relationOf(registry), [row], { peopleAtOnce: 10 })
  expect(verdicts).toEqual(matchRows([row], registry))
  expect(figures).toEqual({ people: 41, identities: 1, pairs: 41, offered: 41 })
})

test('a person whom somebody chose is found though nothing agrees', async () => {
  const remembered = new Map([['k', [{ personId: 'p-1', same: true }]]])
  const rows = [{ rowKey: 'k', name: '李四' }]
  const { verdicts } = await matchPeople(engine, relationOf([wang]), rows, { remembered })
  expect(verdicts[0]).toMatchObject({ outcome: 'accept', remembered: true, match: { personId: 'p-1' } })
})

test('an engine that may spill is refused, and nothing in the clear stays in the other', async () => {
  const spilling = await openEngine({ tempDir, memoryMiB: 200, threads: 1 })
  await expect(matchPeople(spilling, relationOf([wang]), [row])).rejects.toThrow('spills')
  spilling.close()
  await matchPeople(engine, relationOf([wang]), [row])
  expect(await engine.rows('select table_name from duckdb_tables()')).toEqual([])
  expect(readdirSync(engine.tempDir)).toEqual([])
  expect(await engine.rows(`select current_setting('temp_directory') as place`)).toEqual([{ place: '' }])
})

const name = fc.constantFrom(
  '王建国',
  '王健国',
  '王建國',
  '王建',
  '建国',
  '汪建国',
  '王国建',
  '李秀英',
  '段?鹏',
  '段阿鹏',
  '段某鹏',
  '杨𠮷',
  '杨吉',
  '阿依古丽·买买提',
  '阿衣古丽买买提',
  '阿依古丽卖买提',
  '单于安',
  '善于安',
  '',
)
const birthDate = fc.option(
  fc.constantFrom(
    '1987-04-12',
    '1987-04-21',
    '1987-12-04',
    '1978-04-12',
    '1981-02-12',
    '1980-12-12',
    '1987-03-12',
    '1997-04-12',
    '1987-09-30',
    '1990-01-01',
  ),
  { nil: undefined },
)
const regionCode = fc.constantFrom('532901001002', '532901001000', '532901002001', '532923001001')
const rowRegion = fc.option(
  fc.oneof(regionCode, fc.constantFrom('532901000000', '532900000000', '530000000000')),
  { nil: undefined },
)
const numbers = ['532901198704120015', '53290119870412001X', '532923198704120015', '532901199001010037']
const slip = fc.record({
  number: fc.constantFrom(...numbers),
  at: fc.nat({ max: 17 }),
  how: fc.constantFrom('keep', 'drop', 'swap', 'double', 'digit'),
  again: fc.nat({ max: 17 }),
})
const slipped = slip.map(({ number, at, how, again }) => {
  const mistyped = `${number.slice(0, again)}7${number.slice(again + 1)}`
  const of = again % 3 === 0 ? mistyped : number
  if (how === 'drop') return of.slice(0, at) + of.slice(at + 1)
  if (how === 'double') return of.slice(0, at) + of.charAt(at) + of.slice(at)
  if (how === 'digit') return `${of.slice(0, at)}3${of.slice(at + 1)}`
  if (how === 'swap') return of.slice(0, at) + of.slice(at + 1, at + 2) + of.charAt(at) + of.slice(at + 2)
  return of
})
const number = fc.option(fc.oneof(fc.constantFrom(...numbers), slipped), { nil: undefined })
const registered = fc.option(fc.constantFrom(...numbers, '532901870412001'), { nil: undefined })
const person = fc.record({ personId: fc.uuid(), name, birthDate, regionCode, number: registered })
const people = fc.uniqueArray(person, {
  selector: ({ personId }) => personId,
  minLength: 60,
  maxLength: 120,
  size: 'max',
})
// Few rows, or everybody would be offered on account of one or the other.
const rows = fc.array(fc.record({ name, birthDate, regionCode: rowRegion, number }), {
  minLength: 1,
  maxLength: 2,
})
const parameters = fc.constantFrom(
  handSet,
  { ...handSet, askFromBits: -12 },
  { ...handSet, askFromBits: 8, peopleOutside: 10_000 },
)

test.prop([people, rows, parameters], { numRuns: 40 })(
  'whoever is left out beforehand would not have changed a verdict',
  async (registry, about, by) => {
    const { verdicts } = await matchPeople(engine, relationOf(registry), about, { parameters: by })
    expect(verdicts).toEqual(matchRows(about, registry, { parameters: by }))
  },
)
