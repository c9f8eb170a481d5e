import { z } from 'zod'
import { defineRoute } from '#access'
import { contradictionView, statementView } from '../compared/contract.ts'
import { factReply } from '../facts/contract.ts'

const validity = { validFrom: z.string(), validUntil: z.string().nullable() }

const categoryView = z.object({ category: z.string(), ...validity })
const labelView = z.object({ id: z.string(), label: z.string(), ...validity })

const memberView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  sex: z.string().nullable(),
  birthDate: z.string().nullable(),
  age: z.number().nullable(),
  relation: z.string(),
  /** Masked; null where no number is recorded. */
  number: z.string().nullable(),
  joinedOn: z.string(),
  leftOn: z.string().nullable(),
  /** Categories of this member alone. */
  categories: z.array(categoryView),
  /** Special-group tags (老、小、残、病). */
  tags: z.array(labelView),
})

export type MemberView = z.infer<typeof memberView>

const householdFile = z.object({
  id: z.string(),
  number: z.string(),
  place: z.string(),
  regionCode: z.string(),
  address: z.string().nullable(),
  areaType: z.string(),
  registeredOn: z.string(),
  endedOn: z.string().nullable(),
  headPersonId: z.string().nullable(),
  /** Whole household, newest first. */
  categories: z.array(categoryView),
  /** Need labels (类). */
  needs: z.array(labelView),
  members: z.array(memberView),
  /** What people told. */
  facts: z.array(factReply),
  /** What departments say of the members, newest first; what is no longer believed at the end. */
  statements: z.array(statementView),
  contradictions: z.array(contradictionView),
  completeness: z.object({
    percent: z.number(),
    expected: z.number(),
    missing: z.array(z.object({ subjectId: z.string(), kind: z.string() })),
  }),
  version: z.number(),
})

export type HouseholdFile = z.infer<typeof householdFile>

export const readHousehold = defineRoute({
  method: 'GET',
  path: '/api/v1/registry/households/:id',
  permission: 'household.read',
  summary: { zh: '一户一档', en: 'The file of a household' },
  params: z.object({ id: z.uuid() }),
  reply: householdFile,
  audited: true,
})
