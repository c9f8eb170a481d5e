import { z } from 'zod'

/**
 * What matching sees in one field: `name` is a `homophone`, `region` the same `township` …, with its weight in bits:
 * one more doubles the odds, a negative one speaks against. Null where nothing was weighed, or by an earlier version.
 */
export const reasonSchema = z.object({
  field: z.string(),
  agrees: z.string(),
  weight: z.number().nullable().default(null),
})

/** A member who may be the person in the row, as matching found it. */
export const candidateSchema = z.object({
  personId: z.string(),
  /** The probability that it is this person, 0 to 99 per cent; null where the number agrees and the name does not. */
  score: z.number().nullable(),
  reasons: z.array(reasonSchema),
  /** What forbade to give the row to this person without asking. */
  vetoes: z.array(z.string()).default([]),
})

export type Candidate = z.infer<typeof candidateSchema>

export const candidateList = z.array(candidateSchema)

/** Who the row says it is, as sent; encrypted before it is kept. */
export const rowIdentity = z.object({
  name: z.string().optional(),
  number: z.string().optional(),
  birthDate: z.string().optional(),
  sex: z.string().optional(),
  /** County, township and village as the file wrote them. */
  place: z.string().optional(),
  /** The place as far as it could be read, 12 digits. */
  regionCode: z.string().optional(),
})

export type RowIdentity = z.infer<typeof rowIdentity>
