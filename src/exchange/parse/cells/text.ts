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

// Province and prefecture in front of a county; a county is only believed where something smaller follows.
const above = /^(?:.{1,8}?(?:省|自治区|自治州|州|盟))*/u
const county = /^(.{1,8}?(?:县|区|旗|市))(?=.*(?:乡|镇|街道|苏木|村|社区|嘎查))/u
const township = /^(.{1,10}?(?:街道|苏木|镇|乡))/u
const village = /^(.{1,12}?(?:村委会|居委会|社区|嘎查|村))/u

/** A region name out of an address; an address that does not say it leaves it absent. */
export const readAddress: CellRule = (text, { column }) => {
  const plain = compact(text)
  const below = plain.slice(above.exec(plain)?.[0].length ?? 0)
  const countyName = county.exec(below)?.[1]
  const inCounty = below.slice(countyName?.length ?? 0)
  const townshipName = township.exec(inCounty)?.[1]
  const villageName = village.exec(inCounty.slice(townshipName?.length ?? 0))?.[1]
  const name = { county: countyName, township: townshipName, village: villageName }[
    column.part === 'county' || column.part === 'township' ? column.part : 'village'
  ]
  return name === undefined ? absentCell : found(name)
}
