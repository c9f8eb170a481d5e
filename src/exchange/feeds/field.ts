import type { CodeLabel, FieldType } from './types.ts'

/** A field every row has. */
export const need = <T extends FieldType>(type: T, zh: string, en: string) =>
  ({ type, required: true, zh, en }) as const

/** A field that a row may lack. */
export const may = <T extends FieldType>(type: T, zh: string, en: string) =>
  ({ type, required: false, zh, en }) as const

/** A coded field: one of `codes`, or of the shape `open` where the list only explains the common ones. */
export const needCode = (zh: string, en: string, codes: readonly CodeLabel[], open?: RegExp) =>
  ({ type: 'code', required: true, zh, en, codes, open }) as const

export const mayCode = (zh: string, en: string, codes: readonly CodeLabel[], open?: RegExp) =>
  ({ type: 'code', required: false, zh, en, codes, open }) as const

/** `[code, Chinese, English]` triples as code labels. */
export const codes = (...triples: readonly (readonly [string, string, string])[]): readonly CodeLabel[] =>
  triples.map(([code, zh, en]) => ({ code, zh, en }))

/** What every row of every kind says about the person it speaks of. */
export const personFields = {
  number: may('number', '公民身份号码', 'resident number'),
  name: may('name', '姓名', 'name'),
  birthDate: may('date', '出生日期', 'birth date'),
  countyName: may('text', '县（市、区）', 'county'),
  townshipName: may('text', '乡镇（街道）', 'township'),
  villageName: may('text', '村（社区）', 'village'),
} as const
