import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { parseDisabilityCertificate } from './disability-certificate.ts'
import { parseResidentNumber } from './resident-number.ts'

const number = '11010519491231002X'

test('a certificate tells its holder, class and grade', () => {
  const read = parseDisabilityCertificate(`${number}53`)
  expect(read).toMatchObject({
    ok: true,
    certificate: `${number}53`,
    disabilityClass: 5,
    grade: 3,
    reissue: 0,
  })
  expect(read.ok && read.person.number).toBe(number)
})

test('a reissue carries a suffix', () => {
  expect(parseDisabilityCertificate(`${number}41B1`)).toMatchObject({
    ok: true,
    certificate: `${number}41`,
    reissue: 1,
  })
  expect(parseDisabilityCertificate(`'${number.toLowerCase()}41b2 `)).toMatchObject({ ok: true, reissue: 2 })
  expect(parseDisabilityCertificate('１１０１０５１９４９１２３１００２Ｘ４１')).toMatchObject({
    ok: true,
    grade: 1,
  })
})

test('what is no certificate is refused with its reason', () => {
  const faults: [string, string][] = [
    ['', 'empty'],
    [number, 'length'],
    [`${number}4`, 'length'],
    [`${number}81`, 'class'],
    [`${number}01`, 'class'],
    [`${number}45`, 'grade'],
    [`${number}4B`, 'grade'],
    [`${number}41C1`, 'suffix'],
    ['11010519491231002041', 'checksum'],
    ['1.10105194912310E+19', 'scientific'],
    ['9999**********0112**', 'masked'],
    ['9.9E+19', 'scientific'],
    ['无', 'characters'],
  ]
  for (const [raw, reason] of faults)
    expect(parseDisabilityCertificate(raw), raw).toEqual({ ok: false, reason })
})

test.prop([fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom('', 'B1', 'B9')])(
  'a certificate is never a resident number, nor the other way round',
  (kind, grade, suffix) => {
    expect(parseResidentNumber(`${number}${kind}${grade}${suffix}`).ok).toBe(false)
    expect(parseDisabilityCertificate(`${number}${kind}${grade}${suffix}`).ok).toBe(true)
    expect(parseDisabilityCertificate(number).ok).toBe(false)
  },
)
