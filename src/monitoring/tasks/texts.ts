import { defineTexts } from '#ui'
import type { TaskKind } from '../states.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the page of tasks says. */
export const taskTexts = defineTexts('monitoring/tasks', zhCN, en)

/** Whether a kind of task has words of its own. */
export const isTaskKind = (kind: string): kind is TaskKind => Object.hasOwn(zhCN.kind, kind)
