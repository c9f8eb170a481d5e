import { businessDate, unknown, type WorkCalendar } from '#base'
import { compilerFor, instanceOf } from '../interpret/compile.ts'
import type { Node } from '../language/ast.ts'
import { exactValue } from '../language/bounds.ts'
import type { Dialect } from '../language/operators/operator.ts'
import { type Names, readExpression } from '../language/resolve.ts'
import { freeUnit, plain, type Type, unitOf } from '../language/types.ts'
import { isUnknownValue, type Scalar, type Subject, type Value } from '../language/values.ts'
import { missingYearNames } from '../language/work-years.ts'
import type { Pack } from '../pack/pack.ts'
import { emit } from '../sql/emit.ts'
import { layersFor, type SqlNames } from '../sql/layers.ts'
import { missingOfBits } from '../sql/statement.ts'

export const today = businessDate('2024-03-31')

// Every fact may be a value, absent or unknown; the first letter of its name says its type.
const kinds: Readonly<Record<string, { type: Type; values: readonly Scalar[] }>> = {
  b: { type: plain('boolean'), values: [true, false] },
  n: { type: plain('number', { unit: unitOf('count'), low: -1000, high: 1000 }), values: [2, 3, -1] },
  t: { type: plain('text'), values: ['x', 'y'] },
  // Never absent and in a narrow range.
  c: { type: plain('number', { unit: unitOf('count'), low: 0, high: 4 }), values: [0, 1, 4] },
  e: { type: plain('date'), values: ['2020-02-29', '2024-03-31'] },
  d: { type: plain('date'), values: ['2024-02-29', '2024-03-31'] },
  // Around the ends of the years that the table's calendar has.
  f: {
    type: plain('date'),
    values: [
      ...['1999-05-01', '2022-12-30', '2022-12-31', '2023-01-01', '2023-01-03', '2023-12-31', '2024-04-05'],
      ...[
        '2024-12-28',
        '2024-12-31',
        '2025-01-01',
        '2026-01-01',
        '2026-01-02',
        '2026-12-31',
        '2027-03-01',
        '2031-01-01',
      ],
    ],
  },
  k: { type: plain('number', { unit: unitOf('workdays'), low: 0, high: 4 }), values: [0, 1, 4] },
  // Never missing, so that only the calendar may be.
  g: { type: plain('date'), values: ['2023-01-01', '2024-04-03', '2024-04-06', '2024-12-31', '2031-01-01'] },
  w: { type: plain('text', { values: ['roll', 'tighten', 'none'] }), values: ['roll', 'tighten', 'none'] },
  m: { type: plain('month'), values: ['2023-12', '2024-01'] },
}
const kindOf = (name: string) => kinds[name[0] ?? '']
const factNames = [
  'b1',
  'b2',
  'b3',
  'b4',
  'n1',
  'n2',
  'n3',
  'c1',
  'c2',
  't1',
  't2',
  'd1',
  'd2',
  'e1',
  'f1',
  'g1',
  'k1',
  'w1',
  'w2',
  'm1',
  'm2',
]
const neverAbsent = ['b4', 'n3', 'c1', 'c2', 'e1', 'g1', 'k1', 'w2']
const neverMissing = ['g1']
const mayBeAbsent = (name: string): boolean => !neverAbsent.includes(name)

export const names: Names = {
  entity: 'household',
  factOf: (_, name) => {
    const kind = factNames.includes(name) ? kindOf(name) : undefined
    return kind && { ...kind.type, absent: mayBeAbsent(name), unknown: !neverMissing.includes(name) }
  },
  parameterOf: (name) => {
    if (name === 'open') return plain('number', { unit: freeUnit, low: 0, high: 9, unknown: true })
    return name === 'list' ? plain('list', { items: plain('text', { values: ['x'] }) }) : undefined
  },
  valueOf: () => undefined,
  lists: { members: { entity: 'member', most: 9 } },
}
export const parameterValue = (name: string): Value => (name === 'list' ? ['x'] : unknown('parameters.open'))
// 2025 is not published, and no other year is.
const calendar: WorkCalendar = {
  years: [
    { year: 2023, holidays: ['2023-01-01', '2023-01-02'].map(businessDate), workdays: [] },
    {
      year: 2024,
      holidays: ['2024-01-01', '2024-04-04', '2024-04-05', '2024-04-06', '2024-12-31'].map(businessDate),
      workdays: [businessDate('2024-04-07')],
    },
    { year: 2026, holidays: ['2026-01-01', '2026-12-31'].map(businessDate), workdays: [] },
  ],
}
const missingNames = [...factNames, 'parameters.open', ...missingYearNames(calendar)]
const sqlNames: SqlNames = {
  entity: 'household',
  above: (entity) => (entity === 'member' ? ['household'] : []),
  bitOf: (name) => missingNames.indexOf(name),
  treeOf: () => {
    throw new Error('no named rules here')
  },
  missingNameOf: (_, fact) => fact,
  parameterValue,
  calendar,
}

const optionsOf = (name: string): Value[] => [
  ...(kindOf(name)?.values ?? []),
  ...(mayBeAbsent(name) ? [null] : []),
  ...(neverMissing.includes(name) ? [] : [unknown(name)]),
]
const usedIn = (feel: string): string[] =>
  factNames.filter((name) => new RegExp(`\\b${name}\\b`, 'u').test(feel))

const combinations = (used: readonly string[]): Readonly<Record<string, Value>>[] =>
  used.reduce<Record<string, Value>[]>(
    (rows, name) => rows.flatMap((row) => optionsOf(name).map((value) => ({ ...row, [name]: value }))),
    [{}],
  )

const filled = (facts: Readonly<Record<string, Value>>): Record<string, Value> => ({
  ...Object.fromEntries(factNames.map((name) => [name, null])),
  ...facts,
})

/** All combinations of the facts an expression uses: on the subject, or in lists of up to two members. */
export const subjectsFor = (feel: string): Subject[] => {
  if (!feel.includes('members'))
    return combinations(usedIn(feel)).map((facts, index) => ({
      id: `${index}`,
      facts: filled(facts),
      members: [],
    }))
  const one = combinations(usedIn(feel)).map(filled)
  const lists = [[], ...one.map((a) => [a]), ...one.flatMap((a) => one.map((b) => [a, b]))]
  return lists.map((list, index) => ({
    id: `${index}`,
    facts: filled({}),
    members: list.map((facts, at) => ({ id: `${at}`, facts })),
  }))
}

export const textOf = (value: Value): string =>
  isUnknownValue(value) ? `?${value.missing.join('+')}` : String(value)

export const interpreted = (node: Node, subjects: readonly Subject[]): string[] => {
  const run = compilerFor({ parameters: parameterValue, today, calendar }).compile(node)
  return subjects.map((subject) => {
    const instance = instanceOf(subject)
    return textOf(run(instance, instance))
  })
}

/** The value and the bits as the compiler has them, before a rule makes null a "does not hold". */
export const sqlOf = (node: Node, dialect: Dialect): string => {
  const layers = layersFor(sqlNames, dialect)
  const { value, missing } = emit(node, layers.subject)
  return (
    `WITH ${[...layers.tables(), `"outcomes" AS (SELECT "s"."household_id" AS "id", ${value} AS "v", CAST(${missing ?? '0'} AS BIGINT) AS "u" FROM ${layers.source()})`].join(', ')} ` +
    `SELECT CAST("v" AS VARCHAR), "u" FROM "outcomes" ORDER BY CAST("id" AS INTEGER)`
  )
}

const facts = Object.fromEntries(
  factNames.map((name) => {
    const type = kindOf(name)?.type.kind ?? 'text'
    return [
      name,
      {
        type,
        absent: true,
        unknown: true,
        label: { zh: name, en: name },
        from: { registry: name },
        uses: [],
        correctable: true,
        derivation: name,
      },
    ]
  }),
)
export const dictionary = {
  entities: {
    household: { label: { zh: '户', en: 'household' } },
    member: { label: { zh: '人', en: 'member' }, within: 'household' },
  },
  facts: { household: facts, member: facts },
} as unknown as Pick<Pack, 'entities' | 'facts'>

export const expressions = [
  'b1 and b2',
  'b1 or b2',
  'not(b1)',
  'if b1 then n1 else n2',
  'if b1 then b2 else b3',
  'n1 < n2',
  'n1 <= n2',
  'n1 > n2',
  'n1 >= n2',
  'n1 = n2',
  'n1 != n2',
  't1 = t2',
  't1 != t2',
  'd1 <= d2',
  'd1 = d2',
  'm1 < m2',
  'b1 = b2',
  't1 in ["x"]',
  't1 in []',
  't1 in parameters.list',
  'n1 + n2',
  'n1 - n2',
  'n1 * n2',
  '-n1',
  'n1 = null',
  'd1 != null',
  'd1 + duration("P1M")',
  'd1 - duration("P1M") * n1',
  'd1 + duration("P1D") * n1',
  'd1 - duration("P10D")',
  'd1 - d2',
  'm1 + duration("P1M") * n1',
  'm1 - duration("P14M")',
  'monthOf(d1)',
  'monthOf(today())',
  'today() - duration("P1M")',
  'date("2024-03-31") = d1',
  'required(n1)',
  'required(b1) or b2',
  'some m in members satisfies m.b1',
  'every m in members satisfies m.b1',
  'some m in members[b1] satisfies m.b2',
  'every m in members[b1] satisfies m.b2',
  'count(members)',
  'count(members[b1])',
  'sum(members.n1)',
  'min(members.n1)',
  'max(members.d1)',
  'sum(members[b1].n1)',
  'min(members[b1].m1)',
  'max(members[item.b1].n1)',
  'sum(for m in members return m.n1 * 2)',
  'total(members.n1)',
  'total(members[b1].n1)',
  'm1 - m2',
  'yearOf(d1)',
  'firstDayOf(m1)',
  'lastDayOf(m1)',
  'addWorkdays(f1, k1)',
  'onWorkday(f1, w1)',
]

// Rewritten into several operators or reading constants: here only the agreement of the engines is asked.
export const composite = [
  'if b1 then true else true',
  't1 in ("x", t2)',
  'n1 in [2..3]',
  'n1 in ]2..n2]',
  'n1 in (< 0, > 2)',
  'n1 between 2 and n2',
  'n1 * parameters.open',
  'd1 - d2 > duration("P3D")',
  '@"P1Y" > duration("P11M")',
  't1 in ["x"] and b1 or b2',
  'b2 or b1 and t1 in ["x"] and n1 > 2 or n1 = 3',
  'sum(members.n1) > 2 and count(members) < 2',
  // Of two equal values either is the lesser: a slip there would not show.
  'divide(n1, 2, "half-up")',
  'divide(n1, 2, "down")',
  'divide(n1 * 2, 3, "up")',
  'divide(c1, 2, "half-up")',
  'min(n1, n2)',
  'max(n1, n2)',
  'yearsBetween(e1, d1)',
  'yearsBetween(d1, e1)',
  'valueOr(n1, 2) + 1',
  'yearsBetween(d1, today() - duration("P1D"))',
  'divide(n1 * 7, 3, "half-up") + divide(-n1 * 7, 3, "up")',
  'max(c1, c2, 3)',
  // Behind the last published year, before the first, and at their ends.
  'addWorkdays(f1, 2)',
  'addWorkdays(d1, k1)',
  'addWorkdays(f1, 400)',
  'addWorkdays(f1, 0)',
  'onWorkday(f1, "roll")',
  'onWorkday(f1, "tighten")',
  'onWorkday(f1, "none")',
  'onWorkday(d1, w1)',
  'onWorkday(addWorkdays(f1, k1) - duration("P1D"), w1)',
  'lastDayOf(monthOf(f1) + duration("P1M"))',
]

// Numbers that are never absent have a least and a most: what is missing need not matter.
export const bounded = [
  'c1 + c2 < 4',
  'c1 - c2 <= 2',
  'c1 * c2 > 8',
  'c1 * n3 >= c2',
  'c1 = c2 + 4',
  'c1 != 3 * c2',
  'divide(c1, c2 + 1, "half-up") > 2',
  'divide(n3, c2 + 1, "up") < 1',
  'min(c1, c2)',
  'max(c1, 4)',
  'if b4 then c1 else 4',
  '(if b4 then c1 else 4) > c2',
  'if c1 + c2 > 5 then c1 * 2 else 3',
  'valueOr(n1, 4) + c1 > 3',
  'yearsBetween(e1, date("2024-03-31")) < yearOf(e1) - 2020',
  'c1 * parameters.open > 3',
  'total(members[b4].c1) > 2',
  'total(members.c1) - count(members[b4])',
  'total(for m in members[b4] return 4 - m.c1)',
  'count(members[b4]) * 2 + 1 < 3',
  'addWorkdays(g1, k1) <= date("2024-04-03")',
  'addWorkdays(g1, parameters.open) > date("2024-06-28")',
  'addWorkdays(g1, 250) > date("2024-12-30")',
  'onWorkday(g1, w2) < date("2024-04-03")',
  'onWorkday(date("2024-04-08"), w2)',
  'onWorkday(g1, w2)',
  'date("2024-03-29") + duration("P1M") * c1 < date("2024-05-01")',
  'date("2024-03-29") - duration("P1D") * c1 < date("2024-03-25")',
  'monthOf(date("2024-03-29") + duration("P1M") * c1) < monthOf(g1)',
  'addWorkdays(g1, k1) - g1 > duration("P9D")',
  'if b4 then addWorkdays(g1, 1) else date("2024-04-03")',
  '(if b4 then g1 else date("2024-04-03")) < date("2024-04-04")',
  'yearOf(addWorkdays(g1, k1))',
  'yearsBetween(date("2020-04-01"), addWorkdays(g1, k1)) < 4',
  'firstDayOf(monthOf(g1) + duration("P1M") * c1) > date("2024-03-31")',
  'lastDayOf(monthOf(g1) - duration("P1M") * c1) < date("2024-01-01")',
]

/** The tree of an expression of the table: those of the first list as written, the others with their bounds. */
export const treeOf = (feel: string): Node => {
  const read = readExpression(feel, names)
  return expressions.includes(feel) ? read : exactValue(read)
}

/** A row of `sqlOf` as `textOf` has it. */
export const answerOf = (value: unknown, u: unknown): string => {
  if (String(u) === '0') return String(value)
  const missing = missingOfBits(BigInt(String(u)), missingNames).join('+')
  return `?${missing}${value === null ? '' : ` with ${value}`}`
}
