import { maskName, maskNumber } from '#base'
import type { FieldType } from '../feeds/types.ts'

const shownAtMost = 40

/**
 * A cell's content for error lists: names and numbers masked by their own rule. Values also land in the wrong column, so
 * that in every cell what could be an identity, an account or a telephone, a name or a dwelling is masked.
 */
export const maskCell = (type: FieldType, text: string): string => {
  if (type === 'name') return maskName(text.slice(0, shownAtMost))
  if (type === 'number' && /^[\d\sXx*'.+E-]+$/u.test(text)) return maskNumber(text.slice(0, shownAtMost))
  return cut(maskDigits(text).replace(words, maskName))
}

/** A word of a code list as it was written: for whoever gives it a meaning. Only long runs of digits are masked. */
export const maskCode = (text: string): string => cut(maskDigits(text))

// Letters of any script but our own codes', and names of several words.
const words = /(?:(?!\p{ASCII})[\p{L}\p{M}]){2,}|[A-Za-z]{2,}(?: [A-Za-z]{2,})+/gu

const maskDigits = (text: string): string =>
  text.replace(/\d[\dXx]{8,}|\d(?:[ -]?[\dXx]){10,}/gu, (run) =>
    maskNumber(run.length >= 15 ? run : run.padEnd(15)).trim(),
  )

const cut = (masked: string): string =>
  masked.length > shownAtMost ? `${masked.slice(0, shownAtMost)}…` : masked
