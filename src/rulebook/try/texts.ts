import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages of trials say. */
export const tryTexts = defineTexts('rulebook/try', zhCN, en)
