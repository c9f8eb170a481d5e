import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages of the scans say. */
export const scanTexts = defineTexts('monitoring/scan', zhCN, en)
