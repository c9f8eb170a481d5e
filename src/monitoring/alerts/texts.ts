import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the desk and the page of one alert say. */
export const alertTexts = defineTexts('monitoring/alerts', zhCN, en)

/** Kinds of file that have a name of their own in the catalog. */
export type NamedFeed = keyof typeof zhCN.feed
export const isNamedFeed = (feed: string): feed is NamedFeed => Object.hasOwn(zhCN.feed, feed)

/** Steps of the history that have a name in the catalog. */
export type NamedStep = keyof typeof zhCN.step
export const isNamedStep = (step: string): step is NamedStep => Object.hasOwn(zhCN.step, step)

/** Origins that have a name in the catalog. */
export type NamedOrigin = keyof typeof zhCN.origin
export const isNamedOrigin = (origin: string): origin is NamedOrigin => Object.hasOwn(zhCN.origin, origin)

export type ResultName = keyof typeof zhCN.result
export const isResultName = (result: string): result is ResultName => Object.hasOwn(zhCN.result, result)
