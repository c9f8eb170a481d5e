import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** The registry's words for its codes, on pages and in sentences alike. */
export const registryLabels = defineTexts('registry/labels', zhCN, en)

type Group = keyof typeof zhCN

/** The word for a code outside a page; a code that has none is shown as it is. */
export const labelOf = (group: Group, code: unknown, language: 'zh' | 'en'): string => {
  const words: Readonly<Record<string, string>> = (language === 'zh' ? zhCN : en)[group]
  return words[String(code)] ?? String(code)
}
