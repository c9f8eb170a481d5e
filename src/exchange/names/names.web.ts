import { useMemo } from 'react'
import { defineTexts, type Language } from '#ui'
import { useTexts } from '#ui/web'
import type { FieldDefinition } from '../feeds/types.ts'
import { type FeedKind, feedDefinition, feedKinds, isFeedKind } from '../feeds.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

const nameTexts = defineTexts('exchange/names', zhCN, en)

type Department = keyof typeof zhCN.department
const isDepartment = (text: string): text is Department => Object.hasOwn(zhCN.department, text)

/** A text that comes in both languages. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The side of a bilingual text that the reader wants; English names of kinds and fields begin with a capital. */
export const sideOf = (text: Bilingual, language: Language): string =>
  language === 'en' ? capital(text.en) : text.zh

/** Names of departments, kinds, fields and codes in the reader's language. */
export const useNames = () => {
  const { t, language } = useTexts(nameTexts)
  return useMemo(() => {
    const departmentOf = (code: string): string => (isDepartment(code) ? t(`department.${code}`) : code)
    const kindOf = (kind: string): string =>
      isFeedKind(kind) ? sideOf(feedDefinition(kind), language) : kind
    const fieldIn = (kind: FeedKind, field: string): FieldDefinition | undefined =>
      feedDefinition(kind).fields[field]
    return {
      department: departmentOf,
      kind: kindOf,
      field: (kind: FeedKind, field: string): string => {
        const found = fieldIn(kind, field)
        return found ? sideOf(found, language) : field
      },
      code: (kind: FeedKind, field: string, code: string): string => {
        const found = fieldIn(kind, field)?.codes?.find((one) => one.code === code)
        return found ? sideOf(found, language) : code
      },
      text: (text: Bilingual): string => (language === 'en' ? text.en : text.zh),
      kindOptions: feedKinds.map((kind) => ({
        value: kind,
        label: `${kindOf(kind)} · ${departmentOf(feedDefinition(kind).sender)}`,
        sender: feedDefinition(kind).sender,
      })),
    }
  }, [t, language])
}
