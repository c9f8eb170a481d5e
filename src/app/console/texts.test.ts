import { expect, test } from 'vitest'
import { en } from './en.ts'
import { roleKeyOf } from './texts.ts'
import { zhCN } from './zh-CN.ts'

const gapsIn = (tree: object, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[path + key, [...value.matchAll(/\{\{\w+\}\}/g)].sort().join()] as [string, string]]
      : gapsIn(value, `${path}${key}.`),
  )

test('both languages say the same things with the same gaps', () => {
  const english = new Map(gapsIn(en))
  for (const [key, gaps] of gapsIn(zhCN)) expect(english.get(key), key).toBe(gaps)
})

test('a role nobody has named yet is shown by its code', () => {
  expect(roleKeyOf('auditor')).toBe('roles.auditor')
  expect(roleKeyOf('toString')).toBeUndefined()
})
