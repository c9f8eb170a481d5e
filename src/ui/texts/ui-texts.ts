import { en } from './en.ts'
import { defineTexts } from './texts.ts'
import { zhCN } from './zh-CN.ts'

/** What the shared components say. */
export const uiTexts = defineTexts('ui', zhCN, en)
