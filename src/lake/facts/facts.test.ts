import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { snakeCase } from '../engine/sql.ts'
import { type FactsFixture, openFixture } from './facts-fixture.server.ts'

let facts: FactsFixture
beforeAll(async () => {
  facts = await openFixture()
})
beforeEach(() => facts.reset())
afterAll(() => facts.close())
const feed: FactsFixture['feed'] = (kind, ...rows) => facts.feed(kind, ...rows)
const member: FactsFixture['member'] = (id) => facts.member(id)
const household: FactsFixture['household'] = (id) => facts.household(id)

test('the tables have exactly the columns and types of the fact dictionary', async () => {
  type Fact = { type: string; unknown?: boolean }
  const dictionary = parse(readFileSync('policies/indicators/facts.yaml', 'utf8')) as {
    facts: Record<string, Record<string, Fact>>
  }
  const types: Record<string, string> = {
    boolean: 'BOOLEAN',
    number: 'BIGINT',
    date: 'DATE',
    code: 'VARCHAR',
    text: 'VARCHAR',
    month: 'VARCHAR',
  }
  await facts.build()
  for (const [entity, declared] of Object.entries(dictionary.facts)) {
    const keys = entity === 'member' ? ['household_id', 'member_id'] : [`${entity}_id`]
    const expected = Object.entries(declared).flatMap(([fact, { type, unknown }]) => [
      [fact, types[type]],
      ...(unknown === true ? [[`${fact}__known`, 'BOOLEAN']] : []),
    ])
    const found = await facts.engine.rows<{ column_name: string; column_type: string }>(
      `select column_name, column_type from (describe ${entity})`,
    )
    const columns = found.map(({ column_name, column_type }) => [column_name, column_type])
    expect(columns.sort(), entity).toEqual([...keys.map((key) => [key, 'VARCHAR']), ...expected].sort())
  }
})

test('every household, member and lead is there once, also without any row', async () => {
  await facts.build()
  expect(await facts.engine.rows('select household_id from household order by all')).toHaveLength(2)
  expect(await facts.engine.rows('select member_id from member order by all')).toHaveLength(3)
  expect(await facts.engine.rows('select lead_id from lead order by all')).toHaveLength(2)
})

test('a fact is known where a feed of its kind covers the county, whatever rows there are', async () => {
  await feed(
    'deaths',
    { who: 1, died_on: '2026-05-01', reversed: false },
    { who: 3, died_on: '2026-05-02', reversed: false },
  )
  expect(await member('li')).toMatchObject({ diedOn: '2026-05-01', diedOn__known: true })
  expect(await member('yang')).toMatchObject({ diedOn: null, diedOn__known: true })
  expect(await member('duan')).toMatchObject({ diedOn__known: false })
  expect(await household('h-1')).toMatchObject({ homeUnits: 0, homeUnits__known: true })
  expect(await household('h-2')).toMatchObject({ homeUnits__known: false })
})

test('a feed of the whole city or province covers its counties, one of another city does not', async () => {
  const known = async (code: string) => {
    await facts.fill('feed_coverage', [['deaths', code]])
    return (await member('duan')).diedOn__known
  }
  expect(await known('532900000000')).toBe(true)
  expect(await known('530000000000')).toBe(true)
  expect(await known('532923000000')).toBe(true)
  expect(await known('532901000000')).toBe(false)
  expect(await known('530100000000')).toBe(false)
})

test('leads have facts of their own kind, and only where the county is covered', async () => {
  await feed(
    'students',
    { who: 8, hardship: 'special' },
    { who: 8, hardship: 'difficult', feed: 1 },
    { who: 9, hardship: 'special' },
    { who: 1, hardship: 'special' },
  )
  await feed(
    'return-poverty',
    { who: 8, category: 'edge', identified_on: 202601, risk_cleared: true },
    { who: 8, category: 'sudden', identified_on: 202604, risk_cleared: false },
  )
  await facts.build()
  expect(await facts.engine.rows(`select * from lead order by lead_id`)).toEqual([
    {
      lead_id: 'lead-1',
      studentHardship: 'difficult',
      studentHardship__known: true,
      returnPovertyCategory: 'sudden',
      returnPovertyCategory__known: true,
      returnPovertyRiskCleared: false,
      returnPovertyRiskCleared__known: true,
    },
    expect.objectContaining({
      lead_id: 'lead-2',
      studentHardship__known: false,
      returnPovertyCategory__known: false,
    }),
  ])
})

test('facts of the registry: a row is known, a null known to be absent, no row unknown, or no for yes-and-no facts', async () => {
  await facts.fill('registry_fact', [
    ['h-1', 'annualIncomeFen', '1234567'],
    ['li', 'workStatus', 'none'],
    ['li', 'pensionDeclared', 'true'],
    ['li', 'careAgreementFrom', '2026-01-01'],
    ['li', 'careAgreementUntil', null],
    ['yang', 'tekunPerson', 'true'],
  ])
  expect(await household('h-1')).toMatchObject({
    category: 'dibao',
    annualIncomeFen: 1_234_567,
    annualIncomeFen__known: true,
  })
  expect(await household('h-2')).toMatchObject({ category: 'tekun', annualIncomeFen__known: false })
  expect(await member('li')).toMatchObject({
    workStatus: 'none',
    workStatus__known: true,
    pensionDeclared: true,
    singlePersonDibao: false,
    tekunPerson: false,
    careAgreementFrom: '2026-01-01',
    careAgreementFrom__known: true,
    careAgreementUntil: null,
    careAgreementUntil__known: true,
  })
  expect(await member('yang')).toMatchObject({
    workStatus__known: false,
    careAgreementFrom__known: false,
    tekunPerson: true,
    pensionDeclared: false,
  })
})

test('a person without a household stops the pass', async () => {
  await facts.fill('registry_household', [['h-1', '532901001002', 'dibao']])
  await expect(facts.build()).rejects.toThrow('no household')
})

test('stored names follow the canonical fields', () => {
  expect(snakeCase('benefitUntil')).toBe('benefit_until')
})
