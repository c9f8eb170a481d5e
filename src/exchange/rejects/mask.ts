import { maskName, maskNumber } from '#base'
import type { FieldType } from '../feeds/types.ts'

const shownAtMost = 40

/**
 * A cell's content for error lists: names and numbers masked by their own rule, and in any other cell each run of digits
 * long enough to be an identity, an account or a telephone, because values also land in the wrong column.
 */
export const maskCell = (type: FieldType, text: string): string => {
  if (type === 'name') return maskName(text.slice(0, shownAtMost))
  if (type === 'number') return maskNumber(text.slice(0, shownAtMost))
  const masked = text
    .replace(/\d[\dXx]{8,}/gu, (run) => maskNumber(run.length >= 15 ? run : run.padEnd(15)).trim())
    .replace(/\p{Script=Han}{2,}/gu, (run) => (type === 'text' || type === 'key' ? maskName(run) : run))
  return masked.length > shownAtMost ? `${masked.slice(0, shownAtMost)}…` : masked
}
