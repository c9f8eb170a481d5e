import { z } from 'zod'
import type { FieldType } from '../feeds/types.ts'
import { feedDefinition, feedKinds, isFeedKind } from '../feeds.ts'

const senders = [...new Set(feedKinds.map((kind) => feedDefinition(kind).sender))]

const text = z.string().min(1)
const value = z.union([z.string(), z.number(), z.boolean()])
const bilingual = z.strictObject({ zh: text, en: text })

/** How a cell is read. Where a column names none, the type of its field decides. */
const rule = z.enum([
  'number',
  'certificate',
  'name',
  'date',
  'month',
  'money',
  'code',
  'flag',
  'count',
  'area',
  'ratio',
  'text',
  'key',
  'address',
])
export type RuleName = z.infer<typeof rule>

const column = z.strictObject({
  /** Names the header may have; `group>name` picks one under a merged group, `name#2` the second of that name. */
  header: z.union([text, z.array(text).min(1)]),
  field: text,
  rule: rule.optional(),
  /** The column itself may be missing from a file. Without it: missing is allowed where the field is not required. */
  optional: z.boolean().optional(),
  /** The sender's codes and labels, and what each means here; '' for one that says nothing. */
  codes: z.record(z.string(), z.string()).optional(),
  /** The meaning of a code (`yes` or `no` for a flag) outside every list; without it such a row is rejected. */
  otherwise: z.string().optional(),
  /** Only this many leading characters are the code. */
  prefix: z.int().positive().optional(),
  yes: z.array(z.string()).optional(),
  no: z.array(z.string()).optional(),
  unit: z.enum(['yuan', 'wan']).optional(),
  /** Amounts finer than a fen are rejected unless the layout names the rounding. */
  round: z.literal('half-up').optional(),
  /** Which part of a cell that says several things. */
  part: z.enum(['from', 'until', 'number', 'class', 'grade', 'county', 'township', 'village']).optional(),
  /** The day that stands for a month where the sender gives no day. */
  day: z.enum(['first', 'last']).optional(),
  /** The value of an empty cell, when the sender means something by leaving it empty. */
  default: value.optional(),
  /** Merged downwards: an empty cell repeats the one above. */
  fillDown: z.boolean().optional(),
  /** Several people in one cell: the characters that separate them. */
  list: z.string().optional(),
  /** What an unreadable cell does: reject its row (default), or be noted and left out. */
  whenUnreadable: z.enum(['reject', 'absent']).optional(),
})

const constants = z.record(z.string(), value)

const arm = z.strictObject({
  columns: z.array(column).min(1),
  constants: constants.default({}),
  /** The arm makes a row only where this field is present and not zero. */
  when: text,
})

const carrier = z.strictObject({
  format: z.enum(['xlsx', 'csv', 'tsv', 'pipe']),
  encoding: z.enum(['gb18030', 'utf-8', 'utf-8-bom']).default('utf-8'),
  /** How the sender's sheet looks: used to draw the mapping page and by whoever writes such files. */
  sheet: z.string().optional(),
  title: z.string().optional(),
  unitRow: z.string().optional(),
  /** Two-row header: the group above the columns it spans. */
  groups: z.array(z.strictObject({ title: text, from: text, until: text })).default([]),
  footer: z.array(z.string()).default([]),
})

/** What a mapping of columns cannot say: `headers` names the columns the transform reads. */
const transform = z.discriminatedUnion('use', [
  /** Rooms by grade of damage become the gravest grade and all rooms. */
  z.strictObject({
    use: z.literal('worst-damage'),
    headers: z.strictObject({ collapsed: text, severe: text, general: text }),
  }),
  /** Several amounts of one row become one. */
  z.strictObject({ use: z.literal('sum'), into: text, headers: z.array(text).min(2) }),
])
export type LayoutTransform = z.infer<typeof transform>

const schema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u),
  sender: z.enum(senders),
  kind: z.enum(feedKinds as [string, ...string[]]).transform((kind) => {
    if (!isFeedKind(kind)) throw new Error(`not a feed kind: ${kind}`)
    return kind
  }),
  title: bilingual,
  carrier,
  /** The sender's whole header row in its own order, mapped or not. */
  headers: z.array(text).min(2),
  columns: z.array(column).min(1),
  constants: constants.default({}),
  /** Rows that say nothing about the kind (a move of residence in a list of deaths): accepted, without a canonical row. */
  noRecord: z.array(z.strictObject({ header: text, values: z.array(z.string()).min(1) })).default([]),
  /** Words that open a footer row, beyond the common ones. */
  footers: z.array(text).default([]),
  /** Money unit where the file itself says nothing. */
  unit: z.enum(['yuan', 'wan']).default('yuan'),
  unpivot: z.array(arm).default([]),
  transforms: z.array(transform).default([]),
})

export type Layout = z.infer<typeof schema>
export type LayoutColumn = z.infer<typeof column>
export type LayoutFile = z.input<typeof schema>

/** The rules that can produce a value of each field type; the first is the one taken by default. */
const rulesOfType: Readonly<Record<FieldType, readonly RuleName[]>> = {
  number: ['number', 'certificate'],
  name: ['name'],
  date: ['date'],
  month: ['month'],
  fen: ['money'],
  code: ['code', 'certificate'],
  flag: ['flag'],
  count: ['count', 'area', 'ratio'],
  text: ['text', 'address'],
  key: ['key'],
}

export const ruleOf = (kind: Layout['kind'], column: LayoutColumn): RuleName | undefined => {
  const type = feedDefinition(kind).fields[column.field]?.type
  if (!type) return undefined
  if (!column.rule) return rulesOfType[type][0]
  return rulesOfType[type].includes(column.rule) ? column.rule : undefined
}

export const headerNamesOf = (column: LayoutColumn): readonly string[] =>
  typeof column.header === 'string' ? [column.header] : column.header

/** All columns of a layout, those of its unpivot arms too. */
export const columnsOf = (layout: Layout): readonly LayoutColumn[] => [
  ...layout.columns,
  ...layout.unpivot.flatMap((a) => a.columns),
]

/**
 * A layout from data that claims to be one. Throws an Error whose message lists everything wrong: the shape, fields the
 * kind does not have, rules that cannot make the field's type, code targets outside the kind's list, required fields
 * nothing fills.
 */
export const parseLayout = (data: unknown): Layout => {
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  const faults = faultsOf(parsed.data)
  if (faults.length > 0) throw new Error(`layout ${parsed.data.id}: ${faults.join('; ')}`)
  return parsed.data
}

const faultsOf = (layout: Layout): string[] => {
  const { fields } = feedDefinition(layout.kind)
  const columns = columnsOf(layout)
  const faults: string[] = []
  for (const c of columns) {
    const field = fields[c.field]
    if (!field) faults.push(`unknown field ${c.field}`)
    else if (!ruleOf(layout.kind, c)) faults.push(`rule ${c.rule} cannot make ${c.field}`)
    const allowed = field?.codes
    if (!allowed) continue
    for (const target of [
      ...Object.values(c.codes ?? {}),
      ...(c.otherwise === undefined ? [] : [c.otherwise]),
    ]) {
      if (target !== '' && !allowed.some(({ code }) => code === target) && !field.open?.test(target))
        faults.push(`${c.field} has no code ${target}`)
    }
  }
  const filled = new Set([...columns.map((c) => c.field), ...Object.keys(layout.constants)])
  for (const a of layout.unpivot) for (const id of Object.keys(a.constants)) filled.add(id)
  for (const t of layout.transforms) for (const id of filledBy(t)) filled.add(id)
  for (const [id, field] of Object.entries(fields))
    if (field.required && !filled.has(id)) faults.push(`nothing fills ${id}`)
  for (const c of Object.keys(layout.constants)) if (!fields[c]) faults.push(`unknown field ${c}`)
  return faults
}

/** The fields a transform gives a value. */
export const filledBy = (transform: LayoutTransform): readonly string[] =>
  transform.use === 'sum' ? [transform.into] : ['damage', 'rooms']

/** The headers a transform reads. */
export const headersOf = (transform: LayoutTransform): readonly string[] =>
  transform.use === 'sum' ? transform.headers : Object.values(transform.headers)
