import { expect, test } from 'vitest'
import { countText, type TextTree } from './texts.ts'
import { uiTexts } from './ui-texts.ts'

const gapsOf = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort()

const flat = (tree: TextTree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )

test('the translation says the same things with the same gaps', () => {
  const english = new Map(flat(uiTexts.texts.en))
  for (const [key, text] of flat(uiTexts.texts['zh-CN'])) {
    expect(english.get(key), key).toBeTruthy()
    expect(gapsOf(english.get(key) ?? ''), key).toEqual(gapsOf(text))
  }
})

test('counts get separators only above 9,999', () => {
  expect([0, 9999, 10000, 1234567, -10000].map(countText)).toEqual([
    '0',
    '9999',
    '10,000',
    '1,234,567',
    '-10,000',
  ])
})
