import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const chainTexts = defineTexts('registry/chain', zhCN, en)

type Room = keyof typeof zhCN.rooms

/** The key of a room's name; a room this page has no word for is shown by its own name. */
export const roomKeyOf = (room: string): `rooms.${Room}` | undefined =>
  room in zhCN.rooms ? `rooms.${room as Room}` : undefined
