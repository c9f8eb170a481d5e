import { business, housingFund, realEstate } from './feeds/assets.ts'
import { insurancePayments, pensions, unemployment } from './feeds/labour.ts'
import { deaths, moves, vehicles } from './feeds/police.ts'
import {
  disability,
  disasters,
  hospitalBills,
  imprisonment,
  marriages,
  payroll,
  returnPoverty,
  students,
} from './feeds/public-services.ts'
import type { FeedDefinition, FieldDefinition, RowOfFields } from './feeds/types.ts'

/** The seventeen kinds of department data, each with its canonical fields, by kind id. */
export const feeds = {
  deaths,
  vehicles,
  moves,
  imprisonment,
  'real-estate': realEstate,
  business,
  'insurance-payments': insurancePayments,
  pensions,
  unemployment,
  'housing-fund': housingFund,
  payroll,
  'hospital-bills': hospitalBills,
  disability,
  students,
  marriages,
  'return-poverty': returnPoverty,
  disasters,
} as const satisfies Readonly<Record<string, FeedDefinition>>

export type FeedKind = keyof typeof feeds

/** The canonical row of one kind, typed field by field: `RowOf<'deaths'>`. */
export type RowOf<K extends FeedKind> = RowOfFields<(typeof feeds)[K]['fields']>

/** A canonical row whose kind is known only at run time; a field the file left blank is missing from it. */
export type CanonicalRow = Readonly<Record<string, string | number | boolean | undefined>>

/** The kind ids, in the order of the domain description. */
export const feedKinds = Object.keys(feeds) as readonly FeedKind[]

export const isFeedKind = (text: string): text is FeedKind => Object.hasOwn(feeds, text)

/** The definition of a kind with the widened type: for code that handles all kinds alike. */
export const feedDefinition = (kind: FeedKind): FeedDefinition => feeds[kind]

/** The fields of a kind as a list, in canonical order. */
export const fieldsOf = (
  kind: FeedKind,
): readonly { readonly id: string; readonly field: FieldDefinition }[] =>
  Object.entries(feedDefinition(kind).fields).map(([id, field]) => ({ id, field }))
