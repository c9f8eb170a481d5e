import { expect, test } from 'vitest'
import { compareIdentities } from './compare.ts'

const cases = [
  ['name', '阿苏·木呷', '阿苏木呷', 'same'],
  ['name', '杨秀英', '杨秀瑛', 'similar'],
  ['name', '买买提·吐尔逊江', '买买提', 'similar'],
  ['name', '杨秀英', '李秀芳', 'different'],
  ['name', undefined, '李秀芳', 'missing'],
  ['number', '992901195603120022', '992901195603120022', 'same'],
  ['number', '992901195603120022', '992901195603120032', 'similar'],
  ['number', '992901195603120022', '992901198001010015', 'different'],
  ['birthDate', '1956-03-12', '1956-04-12', 'similar'],
  ['birthDate', '1956-03-12', '1957-04-12', 'different'],
  ['regionCode', '532901000000', '532901001001', 'same'],
  ['regionCode', '532901001002', '532901001001', 'similar'],
  ['regionCode', '532922000000', '532901001001', 'different'],
] as const
test.each(cases)('%s %s beside %s is %s', (field, row, person, expected) => {
  const result = compareIdentities({ [field]: row }, { [field]: person })
  expect(result[field === 'regionCode' ? 'place' : field]).toBe(expected)
})
