import { expect, test } from 'vitest'
import { cookieFrom } from './cookie.ts'

test('a cookie is found by its whole name', () => {
  expect(cookieFrom('xdoudi_csrf=1; doudi_csrf=a%20b=c', 'doudi_csrf')).toBe('a b=c')
  expect(cookieFrom('', 'doudi_csrf')).toBeUndefined()
})
