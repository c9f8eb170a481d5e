/** The rows that the import is measured with: what departments send, of invented people. */
import { checkCharacterOf } from '#base'
import type { DepartmentRow } from '#exchange/server'

const badEvery = 100
/** One row in so many speaks of somebody the registry knows. */
const knownEvery = 20

const two = (value: number): string => String(value).padStart(2, '0')

/** The n-th of ten million people no region gave a number to. */
const numberOf = (n: number): string => {
  const area = 999_901 + (Math.floor(n / 1_000_000) % 10)
  const body = `${area}${1940 + (n % 60)}${two(1 + (Math.floor(n / 60) % 12))}${two(1 + (Math.floor(n / 720) % 28))}${String(1 + (Math.floor(n / 20_160) % 990)).padStart(3, '0')}`
  return body + checkCharacterOf(body)
}

const personOf = (n: number, registered: readonly string[]) => {
  const known = n % knownEvery === 0 ? registered[(n / knownEvery) % registered.length] : undefined
  return {
    name: `段${'金木水火土'[n % 5]}${'兰芳英'[n % 3]}`,
    number: n % badEvery === badEvery - 1 ? '5.33E+17' : (known ?? numberOf(n)),
  }
}

const bill = (n: number, registered: readonly string[]): DepartmentRow => {
  const { name, number } = personOf(n, registered)
  return {
    结算ID: `DL${n}`,
    人员姓名: name,
    证件号码: number,
    开始日期: `2026-05-${two(1 + (n % 20))}`,
    结算日期: `2026-05-${two(2 + (n % 20))}`,
    总费用: `${1000 + (n % 9000)}.50`,
    范围内费用: `${900 + (n % 9000)}.25`,
    基金支付总额: `${500 + (n % 4000)}`,
    个人现金支付: `${100 + (n % 900)}.10`,
    区县: '大理市',
    乡镇: '下关街道',
    村: '',
  }
}

const payment = (n: number, registered: readonly string[]): DepartmentRow => {
  const { name, number } = personOf(n, registered)
  return {
    公民身份号码: number,
    姓名: name,
    个人编号: `P${n}`,
    险种类型: '110',
    单位名称: `大理第${n % 700}公司`,
    费款所属期: '202605',
    对应费款所属期: '202605',
    缴费标志: '1',
    人员缴费基数: `${4000 + (n % 9000)}.00`,
    个人实缴金额: `${300 + (n % 700)}.40`,
  }
}

/**
 * The kinds that are measured: hospital bills find people in need, so that nearly every row of them is kept for
 * matching (the dearest); insurance payments are the commonest, and strangers in them are nobody's business.
 */
export const samples = {
  'hospital-bills': { layout: 'insurance-settlements', row: bill },
  'insurance-payments': { layout: 'labour-insurance-payments', row: payment },
} as const

export type SampleKind = keyof typeof samples

export function* sampleRows(kind: SampleKind, rows: number, registered: readonly string[]) {
  for (let n = 0; n < rows; n += 1) yield samples[kind].row(n, registered)
}
