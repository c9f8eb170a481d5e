import { type NumberFault, parseResidentNumber, type ResidentNumberFacts } from '#base'
import type { RejectReason } from '../../rejects/reject.ts'
import { absentCell, bad, type CellResult, type CellRule, found } from './cell.ts'

/** More than any number in any dress; what is longer is another text and not worth cleaning. */
const longest = 80

const reasonOf: Readonly<Record<Exclude<NumberFault, 'empty'>, RejectReason>> = {
  scientific: 'number-scientific',
  masked: 'number-masked',
  length: 'number-length',
  characters: 'number-characters',
  checksum: 'number-checksum',
  date: 'number-date',
}

export const numberFault = (fault: NumberFault): CellResult =>
  fault === 'empty' ? absentCell : bad(reasonOf[fault])

/** The resident number of one person; 15 digits are lifted to 18. */
export const readNumber: CellRule = (text, { kind }) => {
  if (text.length > longest) return bad('number-length')
  // A spreadsheet number keeps 15 digits: eighteen of them are no longer the person's number, whatever they look like.
  if (kind === 'number' && text.replace(/\D/gu, '').length > 15) return bad('number-scientific')
  const parsed = parseResidentNumber(text)
  return parsed.ok ? numberFound(parsed) : numberFault(parsed.reason)
}

export const numberFound = (facts: ResidentNumberFacts): CellResult => {
  if (facts.repaired.includes('lifted-from-15'))
    return { ok: true, value: facts.number, mark: 'lifted-from-15' }
  // Three zeros at the end are what a spreadsheet leaves of a number it rounded; the check character lets one in
  // eleven of them through, so the share of such rows is watched for the whole file.
  return facts.number.endsWith('000')
    ? { ok: true, value: facts.number, mark: 'rounded' }
    : found(facts.number)
}
