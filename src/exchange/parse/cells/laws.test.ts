import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { addDays, businessDate, checkCharacterOf, daysBetween, type Fen, maskNumber, yuanTextOf } from '#base'
import type { LayoutColumn, RuleName } from '../../layouts/layout.ts'
import { maskCell } from '../../rejects/mask.ts'
import type { CellContext, CellResult } from './cell.ts'
import { cleanText } from './clean.ts'
import { cellRules } from './rules.ts'

const column: LayoutColumn = { header: '列', field: 'x' }
const read = (rule: RuleName, text: string, more: Partial<CellContext> = {}): CellResult =>
  cellRules[rule](cleanText(text), { kind: 'text', unit: 'yuan', date1904: false, column, ...more })

const dayZero = businessDate('1899-12-30')
const days = fc.integer({ min: 10_000, max: 73_000 }).map((count) => addDays(dayZero, count) as string)

test.prop([days, fc.nat(6)])('a day is the same day in every form it is written in', (day, form) => {
  const [y = '', m = '', d = ''] = day.split('-')
  const serial = String(daysBetween(dayZero, businessDate(day)))
  const forms = [
    day,
    `${y}${m}${d}`,
    `${y}/${Number(m)}/${Number(d)}`,
    `${y}年${Number(m)}月${Number(d)}日`,
    `${y}.${m}.${d}`,
    `${y}/${Number(m)}/${Number(d)} 0:00:00`,
    serial,
  ]
  expect(read('date', forms[form] ?? '')).toEqual({ ok: true, value: day })
})

test.prop([fc.integer({ min: -(10 ** 13), max: 10 ** 13 }), fc.boolean(), fc.boolean()])(
  'an amount written out and read again is the same to the fen',
  (amount, grouped, sign) => {
    const text = yuanTextOf(amount as Fen)
    const written = grouped ? text : text.replaceAll(',', '')
    const value = amount === 0 ? 0 : amount
    expect(read('money', sign ? `¥${written}`.replace('¥-', '-¥') : written)).toEqual({ ok: true, value })
  },
)

test.prop([fc.integer({ min: 0, max: 10 ** 10 })])('yuan in units of ten thousand are exact', (fen) => {
  const digits = String(fen).padStart(7, '0')
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`
  expect(read('money', text, { unit: 'wan' })).toEqual({ ok: true, value: fen })
})

const bodies = fc
  .tuple(days, fc.integer({ min: 1, max: 998 }))
  .map(([day, n]) => `999901${day.replaceAll('-', '')}${String(n).padStart(3, '0')}`)

const dress = fc.constantFrom(
  (s: string) => s,
  (s: string) => `'${s}`,
  (s: string) => `${s.slice(0, 6)} ${s.slice(6)}`,
  (s: string) =>
    s.replace(/./gu, (c) => (/[0-9X]/u.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)),
  (s: string) => s.toLowerCase(),
  (s: string) => `\ufeff${s}\u00a0\t`,
)

test.prop([bodies, dress])('a resident number survives every dress it comes in', (body, dressed) => {
  const number = body + checkCharacterOf(body)
  expect(read('number', dressed(number))).toMatchObject({ ok: true, value: number })
})

test.prop([bodies, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 })])(
  'a resident number with one wrong digit is never accepted',
  (body, at, by) => {
    const number = body + checkCharacterOf(body)
    const wrong = `${number.slice(0, at)}${(Number(number[at]) + by) % 10}${number.slice(at + 1)}`
    expect(read('number', wrong).ok).toBe(false)
  },
)

test.prop([bodies])('a number kept as a spreadsheet number is never accepted', (body) => {
  const number = (body + checkCharacterOf(body)).replace('X', '0')
  expect(read('number', String(Number(number)), { kind: 'number' }).ok).toBe(false)
  expect(read('number', Number(number).toExponential(5)).ok).toBe(false)
})

const rules = Object.keys(cellRules) as RuleName[]

test.prop(
  [
    fc.constantFrom(...rules),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('text', 'number'),
  ],
  {
    numRuns: 3000,
  },
)('no rule throws, whatever a cell holds', (rule, text, kind) => {
  const result = read(rule, text, { kind: kind as 'text' })
  if (result.ok && result.value !== undefined) expect(result.value).not.toBeNaN()
})

test.prop([
  bodies,
  fc.constantFrom('text', 'date', 'fen', 'key', 'number', 'code'),
  fc.string({ maxLength: 8 }),
])('what an error list shows of a cell never gives a resident number away', (body, type, around) => {
  const number = body + checkCharacterOf(body)
  const shown = maskCell(type as 'text', `${around.replace(/\d/gu, '')} ${number}`)
  expect(shown).not.toContain(number.slice(4, 14))
  expect(maskNumber(number)).toHaveLength(18)
})

const types = fc.constantFrom(
  'text',
  'date',
  'month',
  'fen',
  'key',
  'number',
  'code',
  'flag',
  'count',
  'name',
)
const names = fc.constantFrom('张三', '欧阳修明', '买买提·吐尔逊', '李䶮𠮷', 'ཚེ་རིང', 'JOHN SMITH')

test.prop([types, names, fc.constantFrom('', ' ', '12', '，', '/')])(
  'what an error list shows of a cell never gives a whole name away, whatever column it landed in',
  (type, name, around) => {
    const shown = maskCell(type as 'text', `${around}${name}${around}`)
    for (const word of name.split('·')) expect(shown).not.toContain(word)
  },
)
