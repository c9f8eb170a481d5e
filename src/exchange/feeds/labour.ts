import { codes, may, mayCode, need, needCode, personFields } from './field.ts'
import type { FeedDefinition } from './types.ts'

const insuranceKinds = codes(
  ['110', '企业职工基本养老保险', 'employees’ pension'],
  ['120', '机关事业单位养老保险', 'public staff pension'],
  ['210', '失业保险', 'unemployment'],
  ['310', '职工基本医疗保险', 'employees’ medical'],
  ['410', '工伤保险', 'work injury'],
  ['510', '生育保险', 'maternity'],
  ['170', '城乡居民基本养老保险', 'residents’ pension'],
  ['390', '城乡居民基本医疗保险', 'residents’ medical'],
)

export const insurancePayments = {
  sender: 'labour',
  zh: '社会保险缴费',
  en: 'insurance payments',
  period: 'monthly',
  staleDays: 45,
  opensLeads: false,
  periodField: 'period',
  fields: {
    ...personFields,
    insurance: needCode('险种', 'insurance', insuranceKinds),
    period: need('month', '对应费款所属期', 'month the payment is for'),
    paidFlag: needCode(
      '缴费标志',
      'payment state',
      codes(['paid', '已实缴', 'paid'], ['unpaid', '未实缴', 'unpaid'], ['arrears', '欠缴', 'in arrears']),
    ),
    baseFen: need('fen', '缴费基数', 'contribution base'),
    employer: need('flag', '有用人单位', 'has an employer'),
    /** Negative for a refund. */
    amountFen: need('fen', '实缴金额', 'amount paid'),
  },
} as const satisfies FeedDefinition

export const pensions = {
  sender: 'labour',
  zh: '养老待遇发放',
  en: 'pensions',
  period: 'monthly',
  staleDays: 45,
  opensLeads: false,
  periodField: 'period',
  fields: {
    ...personFields,
    kind: needCode(
      '养老险种',
      'kind of pension',
      insuranceKinds.filter((k) => ['110', '120', '170'].includes(k.code)),
    ),
    period: need('month', '发放年月', 'month'),
    amountFen: need('fen', '本月实发', 'amount'),
    state: needCode(
      '发放状态',
      'state',
      codes(['normal', '正常', 'normal'], ['suspended', '暂停', 'suspended'], ['stopped', '停发', 'stopped']),
    ),
    reason: mayCode(
      '停发原因',
      'reason',
      codes(
        ['death', '死亡', 'death'],
        ['imprisonment', '服刑', 'imprisonment'],
        ['uncertified', '未认证', 'not certified'],
        ['missing', '失踪', 'missing'],
        ['duplicate', '重复领取', 'paid twice'],
        ['other', '其他', 'other'],
      ),
    ),
  },
} as const satisfies FeedDefinition

export const unemployment = {
  sender: 'labour',
  zh: '失业登记',
  en: 'unemployment',
  period: 'monthly',
  staleDays: 45,
  opensLeads: true,
  fields: {
    ...personFields,
    registeredOn: need('date', '失业登记日期', 'registered on'),
    state: needCode(
      '登记状态',
      'state',
      codes(
        ['active', '登记失业', 'unemployed'],
        ['employed', '已就业', 'employed'],
        ['left', '退出登记', 'left'],
      ),
    ),
    benefitFrom: may('month', '失业保险金起', 'benefit from'),
    benefitUntil: may('month', '失业保险金止（含）', 'benefit until, inclusive'),
  },
} as const satisfies FeedDefinition
