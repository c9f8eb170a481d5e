import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the dialog for raising an alert says. */
export const raiseTexts = defineTexts('monitoring/raise', zhCN, en)
