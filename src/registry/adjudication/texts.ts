import { defineTexts } from '#ui'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const adjudicationTexts = defineTexts('registry/adjudication', zhCN, en)

type Group = 'agrees' | 'scored' | 'vetoes'
type Words<In extends Group> = `file.${In}.${keyof (typeof zhCN)['file'][In] & string}`

/** The key of a word of matching; undefined for one this page does not know. */
export const wordKeyOf = <In extends Group>(group: In, word: string): Words<In> | undefined =>
  word in zhCN.file[group] ? (`file.${group}.${word}` as Words<In>) : undefined

/** How strongly a weight in bits speaks: ten is a thousand to one. */
export const strengthOf = (weight: number): keyof (typeof zhCN)['file']['strength'] => {
  if (weight >= 10) return 'strong'
  if (weight >= 4) return 'some'
  if (weight >= 0.5) return 'slight'
  return weight > -0.5 ? 'neutral' : 'against'
}
