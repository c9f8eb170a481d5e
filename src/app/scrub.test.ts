import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { mask, scrub } from './scrub.ts'

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`))
const around = fc.stringMatching(/^[A-Za-z_:=,.;("' \u4e00-\u4eff]{0,12}$/)

test.prop([around, fc.oneof(digits(15), digits(16), digits(18), digits(19)), around])(
  'a number of 15 to 19 digits is taken out wherever it stands',
  (before, number, after) => {
    expect(scrub(`${before}${number}${after}`)).not.toMatch(/[0-9]/)
  },
)

test.prop([around, digits(17), around])(
  'a resident number that ends in X is taken out whole',
  (before, number, after) => {
    const scrubbed = scrub(`${before.replaceAll('X', 'Y')}${number}X${after.replaceAll('X', 'Y')}`)
    expect(scrubbed).not.toMatch(/[0-9X]/)
  },
)

test.each([
  ['13800138000', mask],
  ['tel=138-0013-8000.', `tel=${mask}.`],
  ['+8613800138000', mask],
  ['0086 138 0013 8000', mask],
  ['0872-2123456', mask],
  ['5329 0119 9001 0112 34', mask],
  ['５３２９０１１９９００１０１１２３４', mask],
  ['张三 of 大理市', `${mask} of ${mask}`],
])('%s becomes %s', (text, expected) => {
  expect(scrub(text)).toBe(expected)
})

test('what a log needs stays: instants, region codes, ids, routes, durations', () => {
  for (const text of [
    '2026-11-22T04:47:07.083Z',
    '532901000000',
    '0191f3a2-7b1c-7c3d-8e4f-123456789abc',
    '/api/v1/registry/households/:id',
    'took 1234 ms for 200000 rows',
    '1763786827083',
  ]) {
    expect(scrub(text)).toBe(text)
  }
})
