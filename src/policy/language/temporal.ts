import { parseDate } from '#base'
import type { Node } from './ast.ts'
import { Problem, type Span } from './problems.ts'
import { plain } from './types.ts'

/** `date("…")`, `duration("P6M")`, `duration("P10D")` and their `@"…"` forms, as literals. */
export const temporalNode = (maker: string, text: string, span: Span): Node => {
  const duration = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/u.exec(text)
  if (maker !== 'date' && duration) return durationNode(text, duration, span)
  const date = maker === 'duration' ? undefined : parseDate(text)
  if (date) return { kind: 'literal', value: date, type: plain('date'), span }
  const known = ['date', 'duration', '@'].includes(maker)
  if (known) throw new Problem('syntax', span)
  throw new Problem('outside-sql-profile', span, { what: maker, use: 'date, duration' })
}

const durationNode = (text: string, match: RegExpExecArray, span: Span): Node => {
  const [, sign, years, months, days] = match
  const monthly = years !== undefined || months !== undefined
  if (monthly === (days !== undefined))
    throw new Problem('outside-sql-profile', span, { what: text, use: 'P6M, P10D' })
  const size = monthly ? Number(years ?? 0) * 12 + Number(months ?? 0) : Number(days)
  const value = sign === '-' ? -size + 0 : size
  return {
    kind: 'literal',
    value,
    type: plain(monthly ? 'months' : 'days', { low: value, high: value }),
    span,
  }
}
