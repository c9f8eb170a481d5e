import { clean, type NumberFault, parseResidentNumber, type ResidentNumberFacts } from './resident-number.ts'

/** 1 sight, 2 hearing, 3 speech, 4 body, 5 intellect, 6 mind, 7 several (GB/T 26341-2010). */
export type DisabilityClass = 1 | 2 | 3 | 4 | 5 | 6 | 7
/** 1 is the most severe, 4 the least. */
export type DisabilityGrade = 1 | 2 | 3 | 4

/** A certificate number carries its holder's resident number, the class and the grade. */
export type DisabilityCertificateFacts = {
  readonly ok: true
  /** 20 characters, upper case, without the reissue suffix. */
  readonly certificate: string
  readonly person: ResidentNumberFacts
  readonly disabilityClass: DisabilityClass
  readonly grade: DisabilityGrade
  /** How often the certificate was issued again: suffix B1 is 1; 0 without a suffix. */
  readonly reissue: number
}
/** No certificate number could be read, for this reason. */
export type CertificateRejected = {
  readonly ok: false
  readonly reason: NumberFault | 'class' | 'grade' | 'suffix'
}

/**
 * Reads a disability certificate number: resident number, one digit of class, one of grade (残联发〔2017〕34号), and in 22
 * characters the suffix of a reissue. The marks repaired in resident numbers are repaired here too.
 */
export const parseDisabilityCertificate = (raw: string): DisabilityCertificateFacts | CertificateRejected => {
  const { text } = clean(raw)
  const bare = text.toUpperCase().replace(/^(\d{20})\.0+$/u, '$1')
  if (bare.length !== 20 && bare.length !== 22) return { ok: false, reason: faultOfOtherLength(bare) }
  const whole = parseResidentNumber(bare)
  if (!whole.ok && (whole.reason === 'masked' || whole.reason === 'scientific')) return whole
  const person = parseResidentNumber(bare.slice(0, 18))
  if (!person.ok) return person
  const disabilityClass = digit(bare[18], 7)
  if (disabilityClass === undefined) return { ok: false, reason: 'class' }
  const grade = digit(bare[19], 4)
  if (grade === undefined) return { ok: false, reason: 'grade' }
  const suffix = bare.slice(20)
  if (suffix !== '' && !/^B\d$/u.test(suffix)) return { ok: false, reason: 'suffix' }
  return {
    ok: true,
    certificate: bare.slice(0, 20),
    person,
    disabilityClass: disabilityClass as DisabilityClass,
    grade: grade as DisabilityGrade,
    reissue: suffix === '' ? 0 : Number(suffix[1]),
  }
}

const digit = (text: string | undefined, most: number): number | undefined => {
  const n = Number(text)
  return text && /^\d$/u.test(text) && n >= 1 && n <= most ? n : undefined
}

const faultOfOtherLength = (text: string): NumberFault => {
  if (/^\d+X?\d*(?:B\d)?$/u.test(text)) return 'length'
  const asNumber = parseResidentNumber(text)
  return asNumber.ok ? 'length' : asNumber.reason
}
