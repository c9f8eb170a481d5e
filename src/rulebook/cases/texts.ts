import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the page of cases says. */
export const caseTexts = defineTexts('rulebook/cases', zhCN, en)
