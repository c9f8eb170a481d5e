import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the map of a place says. */
export const mapTexts = defineTexts('insight/map', zhCN, en)
