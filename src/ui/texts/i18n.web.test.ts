import { expect, test } from 'vitest'
import { createTexts } from './i18n.web.tsx'
import { defineTexts, type Texts } from './texts.ts'

const zhCN = { rows_other: '共 {{count}} 条', who: { by: '{{name}}办理' } } as const
const en: Texts<typeof zhCN> = {
  rows_one: '{{count}} row',
  rows_other: '{{count}} rows',
  who: { by: 'handled by {{name}}' },
}

test('each language has its own plural, and numbers in texts are written as counts', () => {
  const catalog = defineTexts('sample', zhCN, en)
  const chinese = createTexts([catalog], 'zh-CN').getFixedT('zh-CN', 'sample')
  const english = createTexts([catalog], 'en').getFixedT('en', 'sample')
  expect(chinese('rows', { count: 12000 })).toBe('共 12,000 条')
  expect([english('rows', { count: 1 }), english('rows', { count: 2 })]).toEqual(['1 row', '2 rows'])
  expect(english('who.by', { name: '<b>Duan</b>' })).toBe('handled by <b>Duan</b>')
})
