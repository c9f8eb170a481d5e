/** The categories a whole household is determined as; one of them is in force for every registered household. */
export const categories = ['tekun', 'dibao', 'dibaoMargin', 'rigidExpenditure', 'otherHardship'] as const
export type Category = (typeof categories)[number]

/** What may be recorded in the table of categories: also those of one member, and the watch against return to poverty. */
export const recordedCategories = [...categories, 'singlePersonDibao', 'returnPovertyWatch'] as const
export type RecordedCategory = (typeof recordedCategories)[number]

export const isCategory = (text: string): text is Category => (categories as readonly string[]).includes(text)

/** Needs of a household (类), and the groups a person belongs to (老、小、残、病). */
export const needs = ['medical', 'education', 'housing', 'employment', 'disaster', 'care'] as const
export const groupTags = ['elder', 'minor', 'disabled', 'ill'] as const

export const relations = [
  'head',
  'spouse',
  'son',
  'daughter',
  'parent',
  'grandparent',
  'grandchild',
  'daughter-in-law',
  'son-in-law',
  'sibling',
  'other',
] as const
export type Relation = (typeof relations)[number]
