import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

type Group = keyof typeof zhCN

/** The registry's word for one of its codes; a code that has none is shown as it is. */
export const labelOf = (group: Group, code: unknown, language: 'zh' | 'en'): string => {
  const words: Readonly<Record<string, string>> = (language === 'zh' ? zhCN : en)[group]
  return words[String(code)] ?? String(code)
}
