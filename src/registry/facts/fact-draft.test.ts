import { expect, test } from 'vitest'
import { businessDate, fen } from '#base'
import { draftValueOf, type FactDraft, faultsOfDraft } from './fact-draft.ts'

const today = businessDate('2026-06-15')
const empty: FactDraft = { isAbsent: false, count: '' }

const filled = [
  ['annualIncomeFen', { money: fen(120_050) }, 120_050],
  ['homes', { count: ' 2 ' }, 2],
  ['homes', { count: '1.5' }, undefined],
  ['pensionDeclared', { flag: 'no' }, false],
  ['pensionDeclared', {}, undefined],
  ['illness', { code: 'serious' }, 'serious'],
  ['illness', { isAbsent: true, code: 'serious' }, null],
  ['disability', { disabilityClass: '5', disabilityGrade: '3' }, { class: 5, grade: 3 }],
  ['disability', { disabilityClass: '5' }, undefined],
  ['careAgreement', { from: today }, { from: today, until: null }],
] as const
test.each(filled)('%s filled in as %j is %j', (kind, draft, value) => {
  expect(draftValueOf({ ...empty, kind, ...draft })).toEqual(value)
})

test('an empty form names everything that is needed, a future day and a wrong period', () => {
  expect([...faultsOfDraft(empty, today)]).toEqual([
    ['subject', 'needSubject'],
    ['kind', 'needKind'],
    ['provenance', 'needProvenance'],
    ['validFrom', 'needFrom'],
  ])
  const draft = { ...empty, subjectId: 's', kind: 'homes', provenance: 'declared', count: '1' } as const
  const faults = (validFrom: string, validUntil?: string) => [
    ...faultsOfDraft(
      {
        ...draft,
        validFrom: businessDate(validFrom),
        validUntil: validUntil ? businessDate(validUntil) : undefined,
      },
      today,
    ).values(),
  ]
  expect(faults('2026-06-15')).toEqual([])
  expect(faults('2026-06-16')).toEqual(['notFuture'])
  expect(faults('2026-06-15', '2026-06-15')).toEqual(['wrongPeriod'])
})
