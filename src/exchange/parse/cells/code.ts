import type { FieldDefinition } from '../../feeds/types.ts'
import type { LayoutColumn } from '../../layouts/layout.ts'
import { absentCell, bad, type CellResult, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'

/** The codes and labels a column may hold, made once for each table. */
export type CodeTable = {
  readonly exact: ReadonlyMap<string, string>
  /** Digits without their leading zeros; undefined where two codes differ only by them. */
  readonly withoutZeros: ReadonlyMap<string, string | undefined>
  readonly open?: RegExp
  readonly otherwise?: string
}

export const codeTable = (field: FieldDefinition, column: LayoutColumn): CodeTable => {
  const exact = new Map<string, string>()
  // The sender's own list goes last, so that it wins where its codes look like ours and mean something else.
  for (const { code, zh } of field.codes ?? []) {
    exact.set(code.toUpperCase(), code)
    exact.set(key(zh), code)
  }
  for (const [raw, code] of Object.entries(column.codes ?? {})) exact.set(key(raw), code)
  const withoutZeros = new Map<string, string | undefined>()
  for (const [raw, code] of exact) {
    if (!/^\d+$/u.test(raw)) continue
    const bare = bareDigits(raw)
    withoutZeros.set(bare, withoutZeros.has(bare) && withoutZeros.get(bare) !== code ? undefined : code)
  }
  return { exact, withoutZeros, open: field.open, otherwise: column.otherwise }
}

/** A code or its label, in whichever way the sender mixed them. */
export const readCode: CellRule = (whole, { codes, column }) => {
  if (!codes) return bad('code-unknown')
  const text = column.prefix === undefined ? whole : compact(whole).slice(0, column.prefix)
  const word = key(text)
  const known = lookUp(codes, word) ?? ofBoth(codes, text) ?? ofOpen(codes, text)
  if (known !== undefined) return coded(known)
  if (saysNothing(compact(text))) return absentCell
  return codes.otherwise === undefined ? bad('code-unknown') : coded(codes.otherwise)
}

/** A layout maps to '' what says nothing about the field. */
const coded = (code: string): CellResult => (code === '' ? absentCell : found(code))

const key = (text: string): string => compact(text).toUpperCase()

const bareDigits = (digits: string): string => digits.replace(/^0+(?=\d)/u, '')

const lookUp = (codes: CodeTable, word: string): string | undefined => {
  const exact = codes.exact.get(word)
  if (exact !== undefined) return exact
  const digits = /^(\d+)(?:\.0+)?$/u.exec(word)?.[1]
  return digits === undefined
    ? undefined
    : (codes.exact.get(digits) ?? codes.withoutZeros.get(bareDigits(digits)))
}

/** `1-视力`, `视力(1)`, `01 正常`: code and label together count where they agree. */
const ofBoth = (codes: CodeTable, text: string): string | undefined => {
  const parts = text.split(/[-_/.:：、()（）【】\s]+/u).filter(Boolean)
  if (parts.length !== 2) return undefined
  const [one, two] = parts.map((part) => lookUp(codes, key(part)))
  if (one !== undefined && two !== undefined) return one === two ? one : undefined
  const label = parts.find((part) => /\p{Script=Han}/u.test(part))
  return label === undefined ? undefined : lookUp(codes, key(label))
}

/** For lists that only explain the common codes: several letters or labels in one cell are put together. */
const ofOpen = (codes: CodeTable, text: string): string | undefined => {
  if (!codes.open) return undefined
  const parts = text.split(/[,，、;；\s]+/u).filter(Boolean)
  const joined = parts.map((part) => codes.exact.get(key(part)) ?? key(part)).join('')
  return codes.open.test(joined) ? joined : undefined
}
