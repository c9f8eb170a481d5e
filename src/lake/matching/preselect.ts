import type { TableColumn, Value } from '../engine/types.ts'
import { bestCaseOf } from './best-case.ts'
import { countyOf } from './dates-and-places.ts'
import type { Wanted } from './match-rows.ts'
import { outlineOf } from './names.ts'
import { swappedBack } from './numbers.ts'
import type { MatchParameters } from './parameters.ts'

/** The engine's tables while people are looked for. */
export const tables = {
  /** Each name once: `name_id`, `name`, `bearers`. */
  name: 'matching_name',
  /** What is read from a name. */
  outline: 'matching_outline',
  /** Both together. */
  read: 'matching_read_name',
  /** What rows say, once for each birth date that may be meant. */
  row: 'matching_row',
  /** People who share a block with a row. */
  person: 'matching_person',
  /** People whom somebody decided about. */
  decided: 'matching_decided',
} as const

/** SQL that lists the names of a relation of people. */
export const nameTable = (people: string): string =>
  `create or replace table ${tables.name} as select cast(row_number() over () as integer) as name_id, name, bearers
   from (select name, count(*) as bearers from ${people} group by name)`

const columnsOf = (type: TableColumn['type'], ...names: readonly string[]): TableColumn[] =>
  names.map((name) => ({ name, type }))

export const outlineColumns = columnsOf('INTEGER', 'name_id', 'written', 'sound', 'outline')
export const rowColumns = [
  // `marks`: the number's length, times four; 2 where the row names no more than a county, 1 where it gives a birth date itself.
  ...columnsOf('INTEGER', 'written', 'sound', 'outline', 'county', 'birth', 'marks'),
  ...columnsOf('BIGINT', 'front', 'back', 'ends', 'swapped'),
]

const codeOf = (digits: string, check: string): number => Number(digits) * 128 + check.charCodeAt(0)

// The parts of a number that two are compared by; see `keysOfRow`. Of two that are put back one is worked out in SQL.
const partsOf = (number: string): Value[] => [
  Number(number.slice(0, 14)),
  codeOf(number.slice(-8, -1), number.slice(-1)),
  codeOf(number.slice(0, 10) + number.slice(-4, -1), number.slice(-1)),
  Number(swappedBack(number)[1]),
]

/** What a row says, in the columns of `rowColumns`. */
export const rowsOf = ({ prepared, written, sound }: Wanted): Value[][] => {
  const { form, births, birthDate, regionCode = '', number } = prepared
  // Without a name there is no block of names to meet in.
  const hashes = form.bare === '' ? [null, null] : [written | 0, sound | 0]
  const county = countyOf(regionCode || undefined)
  const isDated = birthDate !== undefined || number === undefined
  const marks = 4 * (number?.length ?? 0) + (regionCode.endsWith('000000') ? 2 : 0) + (isDated ? 1 : 0)
  const dates = birthDate === undefined ? births : [birthDate]
  return (dates.length === 0 ? [undefined] : dates).map((date) => [
    ...hashes,
    outlineOf(form.bare),
    county === undefined ? null : Number(county),
    date === undefined ? null : Number(date.replaceAll('-', '')),
    marks,
    ...(number === undefined ? [null, null, null, null] : partsOf(number)),
  ])
}

// A number of another length than 18 is no number to the joins; who has one is offered whatever it says.
const read = (people: string): string =>
  `(select *, cast(divide(region, 1000000) as integer) as county,
     cast(year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) as integer) as birth,
     try_cast(case when strlen("number") = 18 then substr("number", 1, 17) end as bigint) as n,
     cast(ascii(substr("number", 18, 1)) as integer) as ch,
     case when n is null then "number" end as odd
   from ${people})`

const birthAndCounty = (of: string): string => `cast(${of}.birth as bigint) * 1000000 + ${of}.county`
const nameAndCounty = (of: string): string => `cast(${of}.written as bigint) * 1000000 + ${of}.county`
const nameAndBirth = (of: string): string => `cast(${of}.written as bigint) * 100000000 + ${of}.birth`
const soundYearAndCounty = (of: string): string =>
  `(cast(${of}.sound as bigint) * 128 + divide(${of}.birth, 10000) % 128) * 1000000 + ${of}.county`
const front = 'divide(p.n, 1000)'
const back = '(p.n % 10000000) * 128 + p.ch'
const ends = '(divide(p.n, 10000000) * 1000 + p.n % 1000) * 128 + p.ch'
// The last of the year and the first of the month, having changed places.
const swappedEarly = 'r.front + (divide(r.front, 1000) % 10 - divide(r.front, 10000) % 10) * 9000'

/** SQL that keeps what is read from names beside them. */
export const readNames = `create or replace table ${tables.read} as
  select name_id, name, written, sound, outline from ${tables.name} join ${tables.outline} using (name_id)`

/** SQL of the people of one of so many parts who share a block with a row, or were decided about. */
export const personTable = (people: string, partNo: number, parts: number): string => {
  const shares = (key: string, ...columns: readonly string[]): string =>
    `${key} in (${columns.map((column) => `select ${column} from ${tables.row} r`).join(' union all ')})`
  // Those of other parts are left out before anything is worked out of them, which the engine does only if it must keep the rest.
  const part =
    parts === 1
      ? ''
      : ` with part as materialized (select * from ${people} where hash(person_id) % ${parts} = ${partNo})`
  const met = [
    shares(front, 'front', swappedEarly, 'swapped'),
    shares(back, 'back'),
    shares(ends, 'ends'),
    shares(birthAndCounty('p'), birthAndCounty('r')),
    shares(nameAndCounty('p'), nameAndCounty('r')),
    shares(nameAndBirth('p'), nameAndBirth('r')),
    shares(soundYearAndCounty('p'), soundYearAndCounty('r')),
  ]
  return `create or replace table ${tables.person} as${part}
   select person_id, name_id, region, county, birth, n, ch, odd, written, sound, outline
   from (select p.*, n.name_id, n.written, n.sound, n.outline from ${read(parts === 1 ? people : 'part')} p join ${tables.read} n on n.name = p.name) p
   where ${met.join('\n or ')}\n or odd is not null or cast(person_id as varchar) in (from ${tables.decided})`
}

const ending = '((p.n % 1000) * 128 + p.ch)'
const ownEnding = '(r.back % 128000)'
const wholeEnding = `coalesce(${ownEnding} = ${ending}, false)`
const samePlace = (unit: number): string =>
  `cast(divide(r.back, ${128 * unit}) % 10 = divide(p.n, ${unit}) % 10 as integer)`
const digits = 'r.marks >> 2'
const equalPlaces = `(${samePlace(100)} + ${samePlace(10)} + ${samePlace(1)} + cast(r.back % 128 = p.ch as integer))`
const sumOf = (number: string, check: string): string =>
  `divide(${number}, 100) % 10 + divide(${number}, 10) % 10 + ${number} % 10 + ${check}`
const sameSum = `${sumOf('divide(r.back, 128)', 'r.back % 128 - 48')} = ${sumOf('p.n', 'p.ch - 48')}`
// Of two endings one slip apart three of the four places are alike, or two, and the others changed places.
const nearEnding = `(${digits} <> 18 or ${equalPlaces} >= 3 or (${equalPlaces} >= 2 and ${sameSum}))`
// With the last eight places alike: all in front of them but for two slips, or the area.
const nearFront = `(damerau_levenshtein(lpad(cast(divide(r.front, cast(pow(10, 22 - (${digits})) as bigint)) as varchar), (${digits}) - 8, '0'),
    lpad(cast(divide(p.n, 10000000) as varchar), 10, '0')) <= 2
  or (${digits} = 18 and divide(r.front, 100000000) = divide(p.n, 100000000000)))`

/**
 * SQL of the people of `personTable` worth offering, as the matcher takes them: each makes a pair in a block of `blocks.ts` that
 * could reach the threshold of asking, or was decided about.
 */
export const candidateSql = (parameters: MatchParameters): string => {
  const couldReach = bestCaseOf(parameters)
  const meeting = (on: string, nearNumber: string, hasName = false): string =>
    `select p.person_id from ${tables.person} p join ${tables.row} r on ${on} where ${couldReach({ hasName, nearNumber })}`
  const sameCounty = 'r.county = p.county'
  const sameYear = 'divide(r.birth, 10000) = divide(p.birth, 10000)'
  const met = [
    meeting(`r.written = p.written and ${sameCounty}`, wholeEnding, true),
    meeting('r.written = p.written and r.birth = p.birth', wholeEnding, true),
    meeting(`r.birth = p.birth and ${sameCounty}`, wholeEnding),
    meeting(`r.sound = p.sound and ${sameYear} and ${sameCounty}`, wholeEnding, true),
    meeting(`r.front = ${front}`, nearEnding),
    ...[swappedEarly, 'r.swapped'].map((part) =>
      meeting(`${part} = ${front} and ${part} <> r.front`, nearEnding),
    ),
    meeting(`r.back = ${back}`, nearFront),
    meeting(`r.ends = ${ends}`, 'true'),
    `select person_id from ${tables.person} where odd is not null`,
    `select person_id from ${tables.person} where cast(person_id as varchar) in (from ${tables.decided})`,
  ]
  const dateDigits = (from: number, count: number): string =>
    `substr(cast(birth as varchar), ${from}, ${count})`
  return `select cast(person_id as varchar) as person_id, name, cast(region as varchar) as region,
      ${dateDigits(1, 4)} || '-' || ${dateDigits(5, 2)} || '-' || ${dateDigits(7, 2)} as birth_date,
      coalesce(odd, lpad(cast(n as varchar), 17, '0') || chr(ch)) as "number"
    from ${tables.person} join ${tables.name} using (name_id) where person_id in (${met.join('\n union all ')})`
}
