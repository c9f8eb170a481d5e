import type { RuleName } from '../../layouts/layout.ts'
import { readArea } from './area.ts'
import type { CellRule } from './cell.ts'
import { readCertificate } from './certificate.ts'
import { readCode } from './code.ts'
import { readCount } from './count.ts'
import { readDate } from './date.ts'
import { readFlag } from './flag.ts'
import { readMoney } from './money.ts'
import { readMonth } from './month.ts'
import { readName } from './name.ts'
import { readNumber } from './number.ts'
import { readRatio } from './ratio.ts'
import { readAddress, readKey, readText } from './text.ts'

/** How each rule of the layouts reads a cell. */
export const cellRules: Readonly<Record<RuleName, CellRule>> = {
  number: readNumber,
  certificate: readCertificate,
  name: readName,
  date: readDate,
  month: readMonth,
  money: readMoney,
  code: readCode,
  flag: readFlag,
  count: readCount,
  area: readArea,
  ratio: readRatio,
  text: readText,
  key: readKey,
  address: readAddress,
}
