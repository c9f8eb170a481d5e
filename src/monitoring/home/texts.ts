import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the parts of the first page about alerts and tasks say. */
export const homeTexts = defineTexts('monitoring/home', zhCN, en)
