import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the pages of simulations say. */
export const simulationTexts = defineTexts('insight/simulation', zhCN, en)
