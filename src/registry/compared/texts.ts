import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const comparedTexts = defineTexts('registry/compared', zhCN, en)
