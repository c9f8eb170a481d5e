import { defineTexts } from '#ui'
import { type DisposalRoute, routes } from '../states.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** The four routes, what they lead to, and the form of a disposal. */
export const disposeTexts = defineTexts('monitoring/dispose', zhCN, en)

/** A route of the catalog from a number or text of a reply. */
export const routeFrom = (value: number | string | null): DisposalRoute | undefined =>
  routes.find((route) => String(route) === String(value))
