import { z } from 'zod'

/**
 * An entry of several forms, of which a key tells which one is meant: unlike with a union, what is wrong is said of the
 * form that was meant.
 */
export const oneOfForms = <Schema extends z.ZodType>(
  choose: (entry: object) => Schema,
): z.ZodType<z.output<Schema>> =>
  z.unknown().transform((raw, context): z.output<Schema> => {
    const entry = typeof raw === 'object' && raw !== null ? raw : {}
    const parsed = choose(entry).safeParse(raw)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: raw } as never)
    return z.NEVER
  })
