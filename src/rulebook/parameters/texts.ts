import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages by which values are changed say. */
export const parameterTexts = defineTexts('rulebook/parameters', zhCN, en)
