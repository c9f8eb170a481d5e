import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the page of the working-day calendar says. */
export const calendarTexts = defineTexts('rulebook/calendar', zhCN, en)
