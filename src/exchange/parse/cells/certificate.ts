import { parseDisabilityCertificate } from '#base'
import { absentCell, bad, type CellRule, found } from './cell.ts'
import { numberFault, numberFound, readNumber } from './number.ts'

/**
 * A column that holds a disability certificate number (20 characters, or 22 with a reissue suffix) or, for other people,
 * a resident number. `part` picks the person's number, the class or the grade; class and grade of a plain number are absent.
 */
export const readCertificate: CellRule = (text, context) => {
  const part = context.column.part ?? 'number'
  if (text.length > 80) return part === 'number' ? bad('number-length') : absentCell
  const parsed = parseDisabilityCertificate(text)
  if (parsed.ok) {
    if (part === 'number') return numberFound(parsed.person)
    return found(String(part === 'class' ? parsed.disabilityClass : parsed.grade))
  }
  // What is wrong with the number is said once, by the column that reads the number.
  if (part !== 'number') return absentCell
  switch (parsed.reason) {
    case 'length':
    case 'empty':
      return readNumber(text, context)
    case 'class':
    case 'grade':
    case 'suffix':
      return bad('certificate-unreadable')
    default:
      return numberFault(parsed.reason)
  }
}
