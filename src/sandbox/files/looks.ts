/** The habits of the seventeen senders: which layout they use and how they write days, months, money and numbers. */
import type { FeedKind } from '#exchange'
import type { AmountStyle, DateStyle, MonthStyle, NumberHabits } from './cell-text.ts'

export interface Look {
  /** Layouts of the file; a row goes into the first one whose constants it agrees with. One sheet for each. */
  readonly layouts: readonly string[]
  /** File name without period and extension, as the sender would call it. */
  readonly name: string
  readonly date: DateStyle
  readonly month: MonthStyle
  readonly amount: AmountStyle
  /** In a workbook amounts are numbers, not texts. */
  readonly numericAmounts?: boolean
  readonly numbers: NumberHabits
  /** One sheet for each value of this field. */
  readonly sheetBy?: 'period'
  /** Rows stand in the order of places, and the names of places only where they change, or in merged cells. */
  readonly byPlace?: 'blank' | 'merged'
  /** Headers that this sender adds at the end of the layout's. */
  readonly more?: readonly string[]
}

const usual: NumberHabits = { old: 4, quote: 6, fullWidth: 2, spaces: 5 }
const oldFashioned: NumberHabits = { old: 60, quote: 4, fullWidth: 6, spaces: 6 }

export const looks: Readonly<Record<FeedKind, Look>> = {
  deaths: {
    layouts: ['police-deaths'],
    name: '公安局_死亡注销人员',
    date: 'solid',
    month: 'solid',
    amount: 'plain',
    numbers: oldFashioned,
  },
  vehicles: {
    layouts: ['police-vehicles'],
    name: '车管所_机动车信息',
    date: 'dashes',
    month: 'solid',
    amount: 'plain',
    numbers: usual,
  },
  moves: {
    layouts: ['police-moves-in', 'police-moves-out'],
    name: '公安局_户口迁移',
    date: 'short',
    month: 'solid',
    amount: 'plain',
    numbers: usual,
    more: ['冲销标志'],
  },
  imprisonment: {
    layouts: ['justice-prisoners'],
    name: '司法局_在押罪犯名册',
    date: 'dots',
    month: 'solid',
    amount: 'plain',
    numbers: { old: 10, quote: 20, spaces: 10 },
  },
  'real-estate': {
    layouts: ['resources-real-estate'],
    name: '自然资源局_不动产权利人',
    date: 'chinese',
    month: 'solid',
    amount: 'plain',
    numbers: oldFashioned,
  },
  business: {
    layouts: ['market-positions'],
    name: '市场监管局_任职投资人员',
    date: 'serial',
    month: 'solid',
    amount: 'plain',
    numbers: usual,
  },
  'insurance-payments': {
    layouts: ['labour-insurance-payments'],
    name: '人社局_社保征缴明细',
    date: 'dashes',
    month: 'solid',
    amount: 'plain',
    numbers: { ...usual, float: 3 },
  },
  pensions: {
    layouts: ['labour-pensions'],
    name: '人社局_养老金发放明细',
    date: 'dashes',
    month: 'chinese',
    amount: 'bare',
    numericAmounts: true,
    numbers: usual,
    sheetBy: 'period',
    byPlace: 'blank',
  },
  unemployment: {
    layouts: ['labour-unemployment'],
    name: '就业局_登记失业人员台账',
    date: 'time',
    month: 'dots',
    amount: 'plain',
    numbers: usual,
    byPlace: 'merged',
  },
  'housing-fund': {
    layouts: ['fund-accounts'],
    name: '公积金中心_个人账户',
    date: 'solid',
    month: 'solid',
    amount: 'commas',
    numbers: usual,
  },
  payroll: {
    layouts: ['finance-payroll'],
    name: '财政局_财政供养人员',
    date: 'serial',
    month: 'float',
    amount: 'bare',
    numericAmounts: true,
    numbers: { quote: 10, spaces: 10 },
  },
  'hospital-bills': {
    layouts: ['insurance-settlements'],
    name: '医保局_结算明细',
    date: 'dashes',
    month: 'solid',
    amount: 'plain',
    numbers: usual,
  },
  disability: {
    layouts: ['disabled-certificates'],
    name: '残联_持证残疾人',
    date: 'short',
    month: 'solid',
    amount: 'plain',
    numbers: { quote: 8, spaces: 4 },
    byPlace: 'merged',
  },
  students: {
    layouts: ['education-aid'],
    name: '教体局_家庭经济困难学生',
    date: 'dashes',
    month: 'solid',
    amount: 'plain',
    numbers: usual,
    byPlace: 'blank',
  },
  marriages: {
    layouts: ['civil-marriages'],
    name: '民政局_婚姻登记',
    date: 'dashes',
    month: 'solid',
    amount: 'plain',
    numbers: oldFashioned,
  },
  'return-poverty': {
    layouts: ['agriculture-watch'],
    name: '农业农村局_防返贫监测对象',
    date: 'float',
    month: 'float',
    amount: 'bare',
    numericAmounts: true,
    numbers: usual,
    byPlace: 'merged',
  },
  disasters: {
    layouts: ['emergency-houses'],
    name: '应急局_倒损住房一览表',
    date: 'dots',
    month: 'solid',
    amount: 'plain',
    numbers: oldFashioned,
  },
}
