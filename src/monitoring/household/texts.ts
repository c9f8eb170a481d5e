import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the part of the household file about alerts says. */
export const householdTexts = defineTexts('monitoring/household', zhCN, en)
