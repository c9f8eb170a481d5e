import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const peopleTexts = defineTexts('registry/people', zhCN, en)
