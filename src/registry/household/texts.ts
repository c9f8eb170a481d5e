import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const householdTexts = defineTexts('registry/household', zhCN, en)
