import { type Draw, drawFrom } from '../../testing/households.ts'
import type { JsonObject } from '../run/inputs.ts'
import { aModel, decision, feel, input } from './build.ts'

/** Expressions of each kind over the same inputs, and lines for them: what engines are held against each other with. */
export type Sample = { readonly model: string; readonly lines: readonly JsonObject[] }

const numbers = ['a', 'b', 'c']
const [texts, truths, days] = [
  ['s', 't'],
  ['p', 'q'],
  ['d', 'e'],
]

const inputs = [
  ...numbers.map((name) => input(name, 'number')),
  ...texts.map((name) => input(name, 'string')),
  ...truths.map((name) => input(name, 'boolean')),
  ...days.map((name) => input(name, 'date')),
].join('')

type Kind = 'number' | 'text' | 'truth' | 'date'

const one = <T>(draw: Draw, ...items: readonly T[]): T => items[draw(items.length)] as T

const leaves: Readonly<Record<Kind, readonly string[]>> = {
  number: [...numbers, ...numbers, '0', '1', '2.5', '-3', '0.01', '1000'],
  text: [...texts, '"a"', '"低保"', `"it's"`, '""'],
  truth: [...truths, 'true', 'false', 'null'],
  date: [...days, '@"2024-02-29"', 'date("2023-12-31")'],
}

/** An expression of a kind, its operands of the kinds they need; `depth` bounds how far it nests. */
const expression = (draw: Draw, kind: Kind, depth: number): string => {
  const of = (what: Kind): string => expression(draw, what, depth - 1)
  if (depth === 0 || draw(4) === 0) return one(draw, ...leaves[kind])
  if (kind !== 'truth' && draw(4) === 0) return `(if ${of('truth')} then ${of(kind)} else ${of(kind)})`
  switch (kind) {
    case 'number':
      return one<() => string>(
        draw,
        () => `(${of('number')} ${one(draw, '+', '-', '*')} ${of('number')})`,
        () => `(${of('number')} ${one(draw, '/ 2', '/ 12.5', '/ 1000')})`,
        () => `(- ${of('number')})`,
        () => `abs(${of('number')})`,
        () => `${of('date')}.month`,
      )()
    case 'text':
      return `(${of('text')} + ${of('text')})`
    case 'date':
      return `(${of('date')} ${one(draw, '+', '-')} ${one(draw, '@"P1M"', '@"P1Y2M"', '@"P40D"')})`
    case 'truth':
      return condition(draw, of)
  }
}

const condition = (draw: Draw, of: (kind: Kind) => string): string => {
  const kind = one<Kind>(draw, 'number', 'text', 'date')
  const some = one(draw, ...numbers, ...texts, ...days)
  return one<() => string>(
    draw,
    () => `(${of(kind)} ${one(draw, '<', '<=', '>', '>=', '=', '!=')} ${of(kind)})`,
    () => `(${of(kind)} between ${of(kind)} and ${of(kind)})`,
    () => `(${of(kind)} in (${of(kind)}, [${of(kind)}..${of(kind)}), < ${of(kind)}))`,
    () => `(${of('truth')} ${one(draw, 'and', 'or', '=', '!=')} ${of('truth')})`,
    () => `not(${of('truth')})`,
    () => `(${some} = null)`,
    () => `(${of('date')} - ${of('date')} ${one(draw, '<', '>=')} ${one(draw, '@"P30D"', '@"P0D"')})`,
  )()
}

const cell = (text: string): string => `<text>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`

const entry = (of: string, text: string): string => `<${of}>${cell(text)}</${of}>`

const policies = [
  'UNIQUE',
  'ANY',
  'FIRST',
  'RULE ORDER',
  'COLLECT',
  'COLLECT" aggregation="SUM',
  'COLLECT" aggregation="MAX',
]

const tests = ['1, 2, [5..9)', 'not(1, > 5)', 'b', 'null', '? > b', 'not(null)', 'b > 3', '(b..c]']

const rule = (draw: Draw): string => {
  const first = one(draw, '-', ...tests, 'not([b..c])', '< 0', '>= b', '!= 10')
  const second = one(draw, '-', '"a"', 'not("a", "b")', 't', 'null')
  const output = entry('outputEntry', expression(draw, 'number', 2))
  return `<rule>${entry('inputEntry', first)}${entry('inputEntry', second)}${output}</rule>`
}

const table = (draw: Draw): string => {
  const rules = Array.from({ length: 1 + draw(6) }, () => rule(draw))
  const heads = ['a', 's'].map((name) => `<input>${entry('inputExpression', name)}</input>`).join('')
  return `<decisionTable hitPolicy="${one(draw, ...policies)}">${heads}<output/>${rules.join('')}</decisionTable>`
}

const amount = (draw: Draw): string =>
  draw(2) === 0
    ? one(draw, '0', '1', '2', '5', '7', '-1', '100')
    : `${one(draw, '', '-')}${draw(10_000)}.${draw(1_000)}`

const two = (value: number): string => String(value).padStart(2, '0')
const day = (draw: Draw): string =>
  draw(2) === 0
    ? one(draw, '2024-02-29', '2023-12-31', '2024-01-31', '2025-03-31')
    : `${2019 + draw(8)}-${two(1 + draw(12))}-${two(1 + draw(28))}`

const text = (draw: Draw): string =>
  one(draw, 'a', 'b', '低保', '', "o'", '\u{1f600}', '\uffff', 'a\\n"', 'É')

const line = (draw: Draw): JsonObject => {
  const given = (names: readonly string[], make: () => string | boolean) =>
    names.map((name) => [name, draw(6) === 0 ? null : make()] as const)
  return Object.fromEntries([
    ...given(numbers, () => amount(draw)),
    ...given(texts, () => text(draw)),
    ...given(truths, () => draw(2) === 0),
    ...given(days, () => day(draw)),
  ])
}

const needs = { inputs: [...numbers, ...texts, ...truths, ...days] }
const types = { number: 'number', text: 'string', truth: 'boolean', date: 'date' } as const

/** The decisions under one number: an expression or a table, and for numbers another that requires it. */
const decisions = (draw: Draw, at: number): string => {
  if (draw(4) === 0) return decision(`x${at}`, table(draw), needs)
  const kind = one<Kind>(draw, 'number', 'text', 'truth', 'date')
  const made = decision(`x${at}`, feel(expression(draw, kind, 4)), { ...needs, typeRef: types[kind] })
  if (kind !== 'number') return made
  return made + decision(`y${at}`, feel(`x${at} + a`), { ...needs, decisions: [`x${at}`] })
}

/** A model of many generated decisions, some of which require others, with generated lines: the same for each seed. */
export const generatedSample = (seed: number, size: { decisions: number; lines: number }): Sample => {
  const draw = drawFrom(seed)
  const body = Array.from({ length: size.decisions }, (_, at) => decisions(draw, at)).join('')
  return { model: aModel(inputs + body), lines: Array.from({ length: size.lines }, () => line(draw)) }
}
