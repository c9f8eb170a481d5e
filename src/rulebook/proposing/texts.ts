import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What proposing and deciding say, whatever is proposed. */
export const proposingTexts = defineTexts('rulebook/proposing', zhCN, en)
