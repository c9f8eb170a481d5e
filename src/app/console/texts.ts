import { defineTexts, type TextKey } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** What the console's shell says; the words of the navigation are all here, so that they read as one. */
export const consoleTexts = defineTexts('console', zhCN, en)

type RoleName = keyof typeof zhCN.roles

/** The key of a role's name; a role this console does not know yet is shown as the server names it. */
export const roleKeyOf = (role: string): `roles.${RoleName}` | undefined =>
  Object.hasOwn(zhCN.roles, role) ? `roles.${role as RoleName}` : undefined

type ConsoleKey = TextKey<typeof zhCN>
/** Keys of the words in the navigation. */
export type NavKey = Extract<ConsoleKey, `nav.${string}`>
