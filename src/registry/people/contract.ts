import { z } from 'zod'
import { defineRoute } from '#access'

export const foundPerson = z.object({
  id: z.string(),
  household: z.object({ id: z.string(), number: z.string(), category: z.string().nullable() }),
  /** Masked; null where nobody knows the name. */
  name: z.string().nullable(),
  /** Masked; null where no number is recorded. */
  number: z.string().nullable(),
  sex: z.string().nullable(),
  age: z.number().nullable(),
  relation: z.string(),
  place: z.string(),
})

export type FoundPerson = z.infer<typeof foundPerson>

/** A resident number may be in the text, so the search is a POST and stays out of addresses and their logs. */
export const searchPeople = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/registry/people/search',
  permission: 'person.search',
  summary: {
    zh: '按证件号、后四位、户编号、姓名（开头或任意两个字）或拼音首字母查人',
    en: 'Find people by number, its end, household number, name (its beginning or any two characters) or pinyin initials',
  },
  body: z.object({
    text: z.string().max(60),
    /** Names that hold the text anywhere, of two characters or more, not only at their beginning. */
    anywhere: z.boolean().optional(),
    cursor: z.uuid().optional(),
  }),
  reply: z.object({
    by: z.enum(['number', 'last4', 'household', 'initials', 'name', 'inside']),
    items: z.array(foundPerson),
    /** Pass as `cursor` for the next page. */
    next: z.string().nullable(),
  }),
})

export const reasonText = z.string().trim().min(2).max(100)

export const revealNumber = defineRoute({
  keepsNoAnswer: true,
  method: 'POST',
  path: '/api/v1/registry/people/:id/number',
  permission: 'person.reveal',
  summary: { zh: '查看完整公民身份号码（记入审计）', en: 'Show the whole resident number (audited)' },
  params: z.object({ id: z.uuid() }),
  body: z.object({ reason: reasonText }),
  reply: z.object({ number: z.string() }),
})
