import { absentCell, type CellRule, found } from './cell.ts'
import { saysNothing } from './clean.ts'

// The dot inside a name is typed in many ways; the one of GB 18030-2022 name practice is U+00B7.
const dots = /\s*[•‧∙⋅・･．.●⸱᛫·]\s*/gu
const unreadable = /[?？\ufffd\ue000-\uf8ff\u{f0000}-\u{10fffd}□]/u

/** A name as it is compared: no spaces between Chinese characters, one kind of middle dot; kept even where characters are lost. */
export const readName: CellRule = (text) => {
  if (saysNothing(text)) return absentCell
  const name = text
    .replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, '')
    .replace(dots, '·')
    .replace(/^·+|·+$/gu, '')
  if (name === '') return absentCell
  if (/[*＊×]/u.test(name)) return { ok: true, mark: 'masked' }
  return unreadable.test(name) ? { ok: true, value: name, mark: 'unreadable-character' } : found(name)
}
