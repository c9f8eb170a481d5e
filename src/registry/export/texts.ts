import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What an export says on the page and in the file. */
export const exportTexts = defineTexts('registry/export', zhCN, en)
