import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const adjudicationTexts = defineTexts('registry/adjudication', zhCN, en)

type Words<Group extends 'agrees' | 'scored'> = `file.${Group}.${keyof (typeof zhCN)['file'][Group] & string}`

/** The key of a word of matching; undefined for one this page does not know. */
export const wordKeyOf = <Group extends 'agrees' | 'scored'>(
  group: Group,
  word: string,
): Words<Group> | undefined =>
  word in zhCN.file[group] ? (`file.${group}.${word}` as Words<Group>) : undefined
