import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the tabs of saved views say. */
export const viewTexts = defineTexts('monitoring/views', zhCN, en)
