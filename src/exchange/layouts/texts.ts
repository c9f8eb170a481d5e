import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages of the layouts say. */
export const layoutTexts = defineTexts('exchange/layouts', zhCN, en)
