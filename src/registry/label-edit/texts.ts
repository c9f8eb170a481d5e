import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const labelEditTexts = defineTexts('registry/label-edit', zhCN, en)
