import { expect, test } from 'vitest'
import { Problem } from './problems.ts'
import { type Names, readExpression } from './resolve.ts'
import { plain, type Type, typeText, unitOf } from './types.ts'

const amount = (name: string, high = 10_000_000_000): Type =>
  plain('number', { unit: unitOf(name), low: 0, high })
const types: Readonly<Record<string, Type>> = {
  incomeFen: amount('fen'),
  spentFen: amount('fen'),
  homes: amount('count', 100),
  category: plain('text', { values: ['dibao', 'tekun'] }),
  bornOn: plain('date'),
  flag: plain('boolean'),
}
const names: Names = {
  entity: 'household',
  factOf: (_, name) => types[name],
  parameterOf: (name) =>
    ({
      share: amount('percent', 200),
      months: amount('months', 12),
      codes: plain('list', { items: plain('text', { values: ['dibao'] }) }),
    })[name],
  valueOf: (name) =>
    name === 'total'
      ? readExpression('sum(members.spentFen)', { ...names, valueOf: () => undefined })
      : undefined,
  lists: { members: { entity: 'member', most: 100 } },
}

test.for([
  ['spentFen * 100 > parameters.share * incomeFen', 'boolean'],
  ['incomeFen + spentFen', 'number of fen'],
  ['incomeFen * 12', 'number of fen'],
  ['parameters.share * incomeFen', 'number of fen·percent'],
  ['today() - duration("P1M") * parameters.months', 'date'],
  ['monthOf(bornOn)', 'month'],
  ['today() - bornOn', 'days'],
  ['if flag then incomeFen else 0', 'number of fen'],
  ['count(members[flag])', 'number of count'],
  ['total', 'number of fen'],
])('%s is %s', ([text = '', expected]) => {
  expect(typeText(readExpression(text, names).type)).toBe(expected)
})

test.for([
  ['incomeFen > homes', 'unit-clash'],
  ['incomeFen + homes', 'unit-clash'],
  ['homes > parameters.months', 'unit-clash'],
  ['parameters.share * incomeFen > spentFen', 'unit-clash'],
  ['incomeFen = homes', 'unit-clash'],
  ['if flag then incomeFen else homes', 'unit-clash'],
  ['today() - duration("P1M") * incomeFen', 'type-clash'],
  ['category > "a"', 'outside-sql-profile'],
  ['incomeFen / 2 > 1', 'outside-sql-profile'],
  ['incomeFen ** 2 > 1', 'outside-sql-profile'],
  ['bornOn > 3', 'type-clash'],
  ['flag and homes', 'type-clash'],
  ['not(homes)', 'type-clash'],
  ['sum(members.bornOn)', 'type-clash'],
  ['some m in members satisfies m.homes', 'type-clash'],
  ['category = "dibbao"', 'code-never-occurs'],
  ['category in ["dibao", "tekum"]', 'code-never-occurs'],
  ['income > 3', 'unknown-name'],
  ['parameters.rate > 3', 'unknown-name'],
  ['some m in members satisfies n.flag', 'unknown-name'],
  ['median(members.homes)', 'unknown-name'],
  ['incomeFen * spentFen > 1', 'out-of-range'],
  ['sum(members.incomeFen) * 100000 > 1', 'out-of-range'],
  ['some m in members satisfies count(members) > 1', 'outside-sql-profile'],
  ['some m in members satisfies total > 1', 'outside-sql-profile'],
  ['members[1].flag', 'outside-sql-profile'],
  ['homes in [homes]', 'outside-sql-profile'],
])('%s is refused as %s', ([text = '', code]) => {
  let found: unknown
  try {
    readExpression(text, names)
  } catch (problem) {
    found = problem
  }
  expect(found).toBeInstanceOf(Problem)
  expect((found as Problem).code).toBe(code)
})
