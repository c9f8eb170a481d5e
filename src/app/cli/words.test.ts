import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { commands } from './commands.server.ts'
import { en } from './en.ts'
import { makeProgram } from './program.server.ts'
import { type Speech, speechOf, wordsIn } from './words.ts'
import { zhCN } from './zh-CN.ts'

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()

const helpOf = (speech: Speech, path: readonly (string | undefined)[]): string => {
  let command = makeProgram(wordsIn(speech), () => undefined)
  for (const name of path) if (name) command = command.commands.find((one) => one.name() === name) ?? command
  return command.helpInformation()
}

test('both languages fill in the same values', () => {
  for (const key of Object.keys(zhCN) as (keyof typeof zhCN)[])
    expect(placeholders(en[key]), key).toEqual(placeholders(zhCN[key]))
})

test('no text is left that nothing says', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/test\.ts$|zh-CN\.ts$|en\.ts$/.test(name))
    .map((name) => readFileSync(`${folder}${name}`, 'utf8'))
    .join('\n')
  // Made of a variable part: `stage.${stage}` and its kin.
  const composed = [...source.matchAll(/`([a-z]+)\.\$\{/g)].map(([, prefix]) => `${prefix}.`)
  const unused = Object.keys(zhCN).filter(
    (key) => !source.includes(`'${key}'`) && !composed.some((prefix) => key.startsWith(prefix)),
  )
  expect(unused).toEqual([])
})

test('every command has its help in Chinese and in English', () => {
  for (const { path, text, options = [] } of commands) {
    const [zh, english] = [helpOf('zh', path), helpOf('en', path)]
    expect(zh).toContain('用法')
    expect(english).toContain('Usage:')
    expect(english).not.toMatch(/\p{Script=Han}/u)
    expect(zh.replaceAll(/\s/g, '')).toContain(zhCN[text].replaceAll(/\s/g, ''))
    for (const option of options.filter((one) => one.text)) {
      expect(zh).toContain(option.flags)
      expect(english).toContain(option.flags)
    }
  }
})

test('the language is the one asked for, else that of the surroundings, else both', () => {
  expect(speechOf(['scan', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).toBe('en')
  expect(speechOf(['scan', '--lang=zh'], { LANG: 'en_US.UTF-8' })).toBe('zh')
  expect(speechOf([], { LANG: 'zh_CN.UTF-8' })).toBe('zh')
  expect(speechOf([], { LANG: 'de_DE.UTF-8' })).toBe('en')
  expect(speechOf([], { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN' })).toBe('zh')
  for (const LANG of ['', 'C', 'C.UTF-8', 'POSIX']) expect(speechOf([], { LANG })).toBe('both')
  expect(wordsIn('both').say('alerts.none')).toBe(`${zhCN['alerts.none']} · ${en['alerts.none']}`)
})
