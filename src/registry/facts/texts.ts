import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const factTexts = defineTexts('registry/facts', zhCN, en)
