import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'

const longest = 500

export const readText: CellRule = (text) => {
  if (saysNothing(text)) return absentCell
  return text.length > longest ? bad('text-too-long') : found(text)
}

/** The sender's identifier of a thing: compared exactly, so spaces and letter case must not tell two apart. */
export const readKey: CellRule = (text, { kind }) => {
  const plain = compact(text)
  if (saysNothing(plain)) return absentCell
  if (/^\d+(?:\.\d+)?E\+\d+$/iu.test(plain)) return bad('key-scientific')
  if (kind === 'number' && plain.length > 15) return bad('key-scientific')
  return plain.length > longest
    ? bad('text-too-long')
    : found(plain.replace(/^(\d+)\.0+$/u, '$1').toUpperCase())
}

const smaller = '县市区旗镇乡街村'
const province = /^[^县市区旗镇乡村]{2,7}(?:省|自治区)/u
// 通州区, 广州市 and 州城镇 hold the letter too; a prefecture ends where another name begins.
const prefecture = new RegExp(
  `^[^${smaller}]{1,12}?(?:(?:自治州|州)(?![${smaller}])|(?:地区|盟)(?=.*[旗市县]))`,
  'u',
)
// A city stands above the county where a county follows it at once; its development zones are none.
const cityAbove =
  /^[^县市区旗镇乡街村]{1,7}市(?=[^县市区旗镇乡街道村社]{1,14}[县市区旗])(?!.{0,8}?(?:开发|经开|高新|产业园|工业园|度假|示范|园)区)/u
const county =
  /^(.(?:(?!镇|乡|街道).){0,13}?(?:县|(?<!社)区(?!镇)|旗|市))(?=.*(?:乡|镇|街道|苏木|村|社区|嘎查))/u
const township = /^(.{1,4}?(?:[^镇乡道]{1,5}族){1,3}乡|.{1,10}?(?:街道|苏木|(?:镇|乡)(?!街道)))/u
const village = /^(.{1,12}?(?:村委会|居委会|居民委员会|社区|嘎查|村))/u

const after = (text: string, pattern: RegExp): string => text.slice(pattern.exec(text)?.[0].length ?? 0)

/** A region name out of an address; an address that does not say it leaves it absent. */
export const readAddress: CellRule = (text, { column }) => {
  const plain = compact(text)
  const below = [province, prefecture, cityAbove].reduce(after, plain)
  const countyName = county.exec(below)?.[1]
  const inCounty = below.slice(countyName?.length ?? 0)
  const townshipName = township.exec(inCounty)?.[1]
  const villageName = village.exec(inCounty.slice(townshipName?.length ?? 0))?.[1]
  const name = { county: countyName, township: townshipName, village: villageName }[
    column.part === 'county' || column.part === 'township' ? column.part : 'village'
  ]
  return name === undefined ? absentCell : found(name)
}
