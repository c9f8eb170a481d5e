/** What a spoiled cell holds: each way must be recognised for what it is. */
import { checkCharacterOf } from '#base'
import { mistypedNumber } from '../world/numbers.ts'
import type { Random } from '../world/random.ts'
import type { DefectKind } from '../world/rows.ts'

/** The text of a cell that was meant to say `right`. */
export const spoiledText = (how: DefectKind, right: string, random: Random): string => {
  switch (how) {
    case 'number-mistyped':
      return mistypedNumber(right, random.between(6, 16))
    case 'number-masked':
      return `${right.slice(0, 4)}**********${right.slice(14)}`
    case 'number-scientific':
      return `${right[0]}.${right.slice(1, 6)}E+17`
    case 'number-short':
      return right.slice(0, 17)
    case 'number-letters':
      return `${right.slice(0, 10)}O${right.slice(11)}`
    case 'number-of-no-day': {
      const body = `${right.slice(0, 10)}0230${right.slice(14, 17)}`
      return body + checkCharacterOf(body)
    }
    case 'date-impossible':
      return random.pick(['2026-02-30', '2025-13-05', '2026/4/31'])
    case 'date-words':
      return random.pick(['不详', '去年冬天', '待核实'])
    case 'month-words':
      return random.pick(['上个月', '去年底', '2026年'])
    case 'amount-words':
      return random.pick(['约三百', '待核', '12.3.4'])
    case 'code-unlisted':
      return random.pick(['情况不明', '其它情形77', '？？'])
    case 'flag-unclear':
      return random.pick(['也许', '待定', '?'])
    case 'required-missing':
    case 'row-repeated':
      return ''
  }
}
