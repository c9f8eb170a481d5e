import type { Texts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export type Language = 'zh-CN' | 'en'
export type Words = Texts<typeof zhCN>

export const wordsOf = (language: Language): Words => (language === 'en' ? en : zhCN)

/** Puts values into the gaps of a text. */
export const fill = (text: string, gaps: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/gu, (whole, gap: string) => gaps[gap] ?? whole)
