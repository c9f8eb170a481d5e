import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the dialog for dispatching says. */
export const dispatchTexts = defineTexts('monitoring/dispatch', zhCN, en)
