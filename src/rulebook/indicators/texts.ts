import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages of the indicators say. */
export const indicatorTexts = defineTexts('rulebook/indicators', zhCN, en)
