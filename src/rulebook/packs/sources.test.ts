import { expect, test } from 'vitest'
import { openPack } from './packs.server.ts'

const { pack } = openPack('indicators')
const citations = [...Object.values(pack.rules).flatMap(({ sources }) => sources)]

test('the prefecture’s plan is not said to be that of a place its text does not name', () => {
  const plan = pack.sources['dali-2024']
  expect(plan?.title.zh).toContain('原文未写明州名')
  expect(JSON.stringify(plan)).not.toMatch(/大理|Dali/)
})

test('the measures of Rugao are cited by section, for they have no items below it', () => {
  const clauses = citations
    .filter(({ document }) => document === 'rugao-measures')
    .map(({ clause }) => clause)
  expect(clauses.length).toBeGreaterThan(1)
  for (const clause of clauses) expect(clause).toMatch(/^[一二三四五六七八九]$/)
})
