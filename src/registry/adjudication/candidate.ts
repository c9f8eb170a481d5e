import { z } from 'zod'

/** One field that agrees, as matching says it: `name` by `homophone`, `region` by `township` … */
export const reasonSchema = z.object({ field: z.string(), agrees: z.string(), points: z.number() })

/** A member who may be the person in the row, as matching found it. */
export const candidateSchema = z.object({
  personId: z.string(),
  /** 0 to 100 where fields were scored; null where the number agrees and the name does not. */
  score: z.number().nullable(),
  /** What agrees in which field, and what it is worth. */
  reasons: z.array(reasonSchema),
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
