import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the export says on the page and in the file. */
export const exportTexts = defineTexts('monitoring/export', zhCN, en)
