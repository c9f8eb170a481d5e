import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages of the department files say. */
export const intakeTexts = defineTexts('exchange/intake', zhCN, en)
