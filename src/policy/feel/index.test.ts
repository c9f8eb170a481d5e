import { expect, test } from 'vitest'
import type { FeelFunction, FeelProblem, FeelRun, FeelValue } from './index.ts'
import {
  callFunction,
  callNamed,
  compareValues,
  evaluateFeel,
  feelTypeOf,
  instanceOf,
  isContext,
  isNumber,
  kindOf,
  normalName,
  number,
  parseFeel,
  scopeOf,
  toIso,
} from './index.ts'

const price: FeelFunction = {
  kind: 'function',
  name: 'price of',
  parameters: [
    { name: 'count', type: { kind: 'number' } },
    { name: 'unit price', type: { kind: 'number' } },
  ],
  call: ([count = null, unit = null]) => (isNumber(count) && isNumber(unit) ? count.times(unit) : null),
}

const outside = scopeOf(new Map<string, FeelValue>([['tax', number('0.1')]]))
const scope = scopeOf(
  new Map<string, FeelValue>([
    ['price of', price],
    ['nothing', null],
  ]),
  outside,
)

const run = (text: string): string | null => {
  const parsed = parseFeel(text, { names: ['price of', 'tax', 'nothing'] })
  return parsed.kind === 'parsed' ? toIso(evaluateFeel(parsed, scope)) : parsed.text
}

test('a function from outside is called by position and by name, and its arguments are converted', () => {
  expect(run('price of(2, 3)')).toBe('6')
  expect(run('price of(unit price: 3, count: [2]) * (1 + tax)')).toBe('6.6')
  expect(run('price of(2)')).toBeNull()
  expect(run('price of("2", 3)')).toBeNull()
  expect(run('price of instance of function<number, number>->Any')).toBe('true')
})

test('a name nearer by hides one farther away, also where its value is null', () => {
  expect(run('{tax: 1, r: tax}.r')).toBe('1')
  expect(run('nothing')).toBeNull()
  expect(run('{count: null, r: count}.r')).toBeNull()
})

test('functions can be called without a text', () => {
  const problems: FeelProblem[] = []
  const carried: FeelRun = { problems, now: () => expect.unreachable() }
  expect(toIso(callFunction(price, [number(2), number(3)], carried))).toBe('6')
  expect(
    toIso(
      callNamed(
        price,
        new Map([
          ['count', number(2)],
          ['unit price', number(4)],
        ]),
        carried,
      ),
    ),
  ).toBe('8')
  expect(callFunction(price, [], carried)).toBeNull()
  expect(problems).toMatchObject([{ code: 'feel.wrong-arguments' }])
})

test('the clock that is handed in answers now and today', () => {
  const clock = { now: () => '2026-06-30T23:00:00.000Z' as never, today: () => '2026-07-01' as never }
  const parsed = parseFeel('[now(), today()]', { names: [] })
  expect(parsed.kind === 'parsed' && toIso(evaluateFeel(parsed, scope, [], clock))).toBe(
    '[2026-07-01T07:00:00+08:00, 2026-07-01]',
  )
})

test('what a value is can be asked from outside', () => {
  const value = new Map<string, FeelValue>([['a', [number(1), null]]])
  expect(kindOf(value)).toBe('context')
  expect(isContext(value)).toBe(true)
  expect(instanceOf(value, feelTypeOf(value))).toBe(true)
  expect(instanceOf(null, { kind: 'any' })).toBe(false)
  expect(compareValues(number(1), number(2))).toBeLessThan(0)
  expect(compareValues(number(1), 'a')).toBeNull()
  expect(normalName('  Phone \n Number ')).toBe('Phone Number')
})
