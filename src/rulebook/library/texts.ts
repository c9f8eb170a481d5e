import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages of the policy library say. */
export const libraryTexts = defineTexts('rulebook/library', zhCN, en)
