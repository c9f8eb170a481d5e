import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { addDays, businessDate } from './dates.ts'
import { checkCharacterOf, maskName, maskNumber, parseResidentNumber } from './resident-number.ts'

const anyBirth = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays(businessDate('1880-01-01'), n))
const anyNumber = fc
  .tuple(fc.integer({ min: 110_000, max: 999_999 }), anyBirth, fc.integer({ min: 0, max: 999 }))
  .map(([area, birth, order]) => {
    const body = `${area}${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
    return { text: body + checkCharacterOf(body), birth, order, area: String(area) }
  })

test('the examples of the standard are numbers', () => {
  expect(parseResidentNumber('11010519491231002X')).toEqual({
    ok: true,
    number: '11010519491231002X',
    birthDate: '1949-12-31',
    sex: 'female',
    region6: '110105',
    repaired: [],
  })
  expect(parseResidentNumber('440524188001010014')).toMatchObject({
    ok: true,
    birthDate: '1880-01-01',
    sex: 'male',
  })
})

test.prop([anyNumber])('a number tells birth, sex and area', ({ text, birth, order, area }) => {
  expect(parseResidentNumber(text)).toEqual({
    ok: true,
    number: text,
    birthDate: birth,
    sex: order % 2 === 1 ? 'male' : 'female',
    region6: area,
    repaired: [],
  })
})

test.prop([anyNumber, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 })])(
  'one wrong digit is noticed',
  ({ text }, at, by) => {
    const digit = (Number(text[at]) + by) % 10
    const wrong = text.slice(0, at) + digit + text.slice(at + 1)
    expect(parseResidentNumber(wrong)).toEqual({ ok: false, reason: 'checksum' })
  },
)

test.prop([anyNumber, fc.nat({ max: 16 })])('two digits changed over are noticed', ({ text }, at) => {
  fc.pre(text[at] !== text[at + 1] && text[at + 1] !== 'X')
  const wrong = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
  expect(parseResidentNumber(wrong).ok).toBe(false)
})

test('numbers of areas that nobody has are judged like the rest', () => {
  for (const sound of ['990202199001010010', '99010119850612018X', '990101200002290011'])
    expect(parseResidentNumber(sound), sound).toMatchObject({ ok: true, number: sound })
  expect(parseResidentNumber('990202199001010011')).toEqual({ ok: false, reason: 'checksum' })
  expect(parseResidentNumber('99020219900101001')).toEqual({ ok: false, reason: 'length' })
})

test('a right check character does not make a birth date', () => {
  expect(parseResidentNumber('992901193502290010')).toEqual({ ok: false, reason: 'date' })
  const old = '99990117000101001'
  expect(parseResidentNumber(old + checkCharacterOf(old))).toEqual({ ok: false, reason: 'date' })
})

test('marks of spreadsheets and input methods are repaired and told', () => {
  const repairs: [string, string[]][] = [
    ["'11010519491231002X", ['quotes']],
    ['"11010519491231002X"', ['quotes']],
    ['‘11010519491231002X’', ['quotes']],
    ['＇11010519491231002X', ['full-width', 'quotes']],
    [' 110105 19491231 002X\t', ['spaces']],
    ['\u200b11010519491231002X\u00a0\ufeff', ['spaces']],
    ['１１０１０５１９４９１２３１００２Ｘ', ['full-width']],
    ['11010519491231002x', ['lower-x']],
    ['11010519491231002ｘ', ['full-width', 'lower-x']],
  ]
  for (const [raw, repaired] of repairs)
    expect(parseResidentNumber(raw), raw).toMatchObject({ ok: true, number: '11010519491231002X', repaired })
  expect(parseResidentNumber('440524188001010014.0')).toMatchObject({ ok: true, repaired: ['trailing-zero'] })
})

test('15 digits are lifted to 18', () => {
  const lifted = parseResidentNumber('110105491231002')
  expect(lifted).toMatchObject({ ok: true, number: '11010519491231002X', repaired: ['lifted-from-15'] })
  expect(parseResidentNumber("'110105491231002.0")).toMatchObject({
    ok: true,
    repaired: ['quotes', 'trailing-zero', 'lifted-from-15'],
  })
  expect(parseResidentNumber('110105490231002')).toEqual({ ok: false, reason: 'date' })
})

test('what cannot be read is refused with its reason', () => {
  const faults: [string, string][] = [
    ['', 'empty'],
    [' \u200b', 'empty'],
    ["'", 'empty'],
    ['9.99901E+17', 'scientific'],
    ['9.99901e17', 'scientific'],
    ['1.10105194912310E+17', 'scientific'],
    ['9999**********0112', 'masked'],
    ['9999＊＊＊＊＊＊＊＊＊＊0112', 'masked'],
    ['******', 'masked'],
    ['无', 'characters'],
    ['11010519491231002Y', 'characters'],
    ['1101051949123100X2', 'characters'],
    ['11010549123100X', 'characters'],
    ['1101051949123100', 'length'],
    ['110105194912310020', 'checksum'],
    ['99990119700101001412', 'length'],
    ['11010519491231002X42', 'characters'],
    ['M12345678', 'characters'],
  ]
  for (const [raw, reason] of faults) expect(parseResidentNumber(raw), raw).toEqual({ ok: false, reason })
})

test.prop([fc.string({ maxLength: 30 })])(
  'no text makes the reader fail or lets a wrong number through',
  (raw) => {
    const read = parseResidentNumber(raw)
    if (read.ok) expect(parseResidentNumber(read.number)).toMatchObject({ ok: true, repaired: [] })
  },
)

test('numbers and names are masked', () => {
  expect(maskNumber('999901197001010112')).toBe('9999**********0112')
  expect(maskNumber('999901700101011')).toBe('9999*******1011')
  expect(maskNumber('12345678')).toBe('********')
  expect(['张伟', '张建华', '买买提江', '李', ''].map(maskName)).toEqual(['张*', '张*华', '买**江', '*', ''])
  expect(maskName('𠮷野家')).toBe('𠮷*家')
})

test.prop([anyNumber])('a masked number is never read as one', ({ text }) => {
  expect(parseResidentNumber(maskNumber(text))).toEqual({ ok: false, reason: 'masked' })
})
