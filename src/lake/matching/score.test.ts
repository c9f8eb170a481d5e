import { describe, expect, test } from 'vitest'
import { handSet, matchFields } from './parameters.ts'
import { type Candidate, compare, levelIn, prepareRow, type ScoredRow, score } from './score.ts'

const wang: Candidate = {
  personId: 'p-1',
  name: '王建国',
  birthDate: '1987-04-12',
  regionCode: '532901001002',
  number: '532901198704120015',
}
const levels = (row: Partial<ScoredRow>, person: Partial<Candidate> = {}) => {
  const comparison = compare(prepareRow({ name: '', ...row }), { ...wang, ...person })
  return Object.fromEntries(
    matchFields.flatMap((field) => {
      const level = levelIn(comparison, field)
      return level === undefined ? [] : [[field, level]]
    }),
  )
}

describe('each field says how it agrees', () => {
  test.each([
    ['王建国', '王建国', 'exact'],
    [' 王 建国\u200b', '王建国', 'exact'],
    ['阿依古丽•买买提', '阿依古丽·买买提', 'separators'],
    ['阿依古丽买买提', '阿依古丽.买买提', 'separators'],
    ['王建國', '王建国', 'variant'],
    ['劉鳳蘭', '刘凤兰', 'variant'],
    ['杨龑', '杨䶮', 'variant'],
    ['杨吉', '杨𠮷', 'variant'],
    ['杨?', '杨𠮷', 'surname'],
    ['杨某某', '杨国平', 'surname'],
    ['某国平', '杨国平', 'placeholder'],
    ['杨\u{E123}平', '杨𬍛平', 'placeholder'],
    ['杨?平', '杨𬍛军', 'different'],
    ['王健国', '王建国', 'homophone'],
    ['单莉', '善莉', 'homophone'],
    ['张平', '章萍', 'homophone'],
    ['王建军', '王建国', 'one-character'],
    ['王建', '王建国', 'one-character'],
    ['王小建国', '王建国', 'one-character'],
    ['杨平', '杨𬍛平', 'one-character'],
    // The compound surname cut short is the same person's; with another one it is not.
    ['欧修远', '欧阳修远', 'one-character'],
    ['阳修远', '欧阳修远', 'one-character'],
    ['王阳修', '欧阳修', 'different'],
    ['李建国', '王建国', 'different'],
    ['王军', '王伟', 'surname'],
    ['王军', '李军', 'different'],
    ['王', '王伟', 'different'],
    ['阿卜杜热合曼·吐尔逊', '阿卜杜热合买提·吐尔逊', 'close'],
    ['阿卜杜热合曼·吐尔逊', '买买提·玉素甫', 'different'],
    ['', '王建国', undefined],
    ['王建国', ' ', undefined],
  ])('names %s and %s', (a, b, expected) => {
    expect(levels({ name: a }, { name: b }).name).toBe(expected)
    expect(levels({ name: b }, { name: a }).name).toBe(expected)
  })

  test.each([
    ['1987-04-12', 'exact'],
    ['1987-04-21', 'swapped'],
    ['1978-04-12', 'swapped'],
    ['1987-12-04', 'swapped'],
    ['1987-05-12', 'one-digit'],
    ['1989-04-12', 'one-digit'],
    ['1987-04-23', 'same-month'],
    ['1987-09-23', 'same-year'],
    ['1965-09-23', 'different'],
    [undefined, undefined],
  ])('birth date %s', (birthDate, expected) => {
    expect(levels({ birthDate })['birth-date']).toBe(expected)
  })

  test.each([
    ['532901001002', 'village'],
    ['532901001003', 'township'],
    ['532901001000', 'township'],
    ['532901002001', 'county'],
    ['532901000000', 'county-whole'],
    ['532900000000', undefined],
    ['532923001002', 'elsewhere'],
    [undefined, undefined],
  ])('region %s', (regionCode, expected) => {
    expect(levels({ regionCode }).region).toBe(expected)
  })

  test.each([
    ['532901198704120015', 'equal'],
    ['53290119870412001X', 'check-differs'],
    ['532901198704120025', 'one-in-ending'],
    ['532901198704130015', 'one-digit'],
    ['532910198704120015', 'swapped'],
    ['53290119874120015', 'wrong-length'],
    ['5329011987004120015', 'wrong-length'],
    ['53290119870412005', 'one-in-ending'],
    ['532902198704130015', 'two-digits'],
    ['532902198704120025', 'two-in-ending'],
    ['532901198704129372', 'birth-part'],
    ['110101196501019372', 'far'],
    ['5329011987041２0025', 'one-in-ending'],
    ['5329**********0015', undefined],
    ['1', undefined],
    [undefined, undefined],
  ])('number %s', (number, expected) => {
    expect(levels({ number }).number).toBe(expected)
  })

  test('the birth date inside a written number stands for one that the row does not give', () => {
    expect(levels({ number: '532901198704120025' })['birth-date']).toBe('exact')
    expect(levels({ number: '532901198704130015' })['birth-date']).toBe('number-slip')
    expect(levels({ number: '110101196501019372' })['birth-date']).toBe('different')
    expect(levels({ number: '532901198704120025', birthDate: '1990-01-01' })['birth-date']).toBe('different')
  })
})

describe('weights', () => {
  test('what is missing on either side weighs nothing, and is no reason', () => {
    const { bits, reasons } = score({ name: '' }, { ...wang, number: undefined })
    expect(reasons).toEqual([])
    expect(bits).toBeCloseTo(Math.log2(handSet.registeredShare / (1 + handSet.peopleOutside)), 9)
    const onlyName = score({ name: '王建国' }, { ...wang, birthDate: undefined })
    expect(onlyName.reasons.map(({ field }) => field)).toEqual(['name'])
  })

  test('the sum of prior and weights is the odds, and its probability', () => {
    const { bits, probability, reasons } = score({ name: '王建国', birthDate: '1987-04-12' }, wang)
    const sum = reasons.reduce((total, { weight }) => total + weight, 0)
    expect(bits - sum).toBeCloseTo(Math.log2(0.5 / 1_000_001), 0)
    expect(probability).toBeCloseTo(2 ** bits / (1 + 2 ** bits), 12)
  })

  test('every level of a field weighs less than the one before that says more', () => {
    const weigh = (row: Partial<ScoredRow>) =>
      score({ name: '', ...row }, wang).reasons.reduce((total, { weight }) => total + weight, 0)
    const falling = (...rows: Partial<ScoredRow>[]) => {
      const weights = rows.map(weigh)
      expect(weights).toEqual(weights.toSorted((a, b) => b - a))
      expect(new Set(weights).size).toBe(weights.length)
    }
    falling(...['王建国', '王健国', '王建军', '李四'].map((name) => ({ name })))
    falling(
      ...['1987-04-12', '1987-04-21', '1987-05-12', '1987-04-23', '1987-09-23', '1965-09-23'].map(
        (birthDate) => ({ birthDate }),
      ),
    )
    falling(
      ...['532901001002', '532901001003', '532901000000', '532901002001', '532923001002'].map(
        (regionCode) => ({ regionCode }),
      ),
    )
    falling(
      ...['532901198704130015', '532901198704120025', '532901198704129372', '110101196501019372'].map(
        (number) => ({ number, birthDate: '1987-04-12' }),
      ),
    )
  })
})
