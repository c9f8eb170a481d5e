/** What the checker knows about an expression before any household is looked at. */
export type Kind = 'boolean' | 'text' | 'date' | 'month' | 'number' | 'months' | 'days' | 'null' | 'list'

/**
 * The unit of a number as a product of base units, so that `fen × percent` is not `fen`.
 * `free` is a number written in the rule itself: it takes whatever unit the other side has.
 */
export interface Unit {
  readonly factors: readonly string[]
  readonly free: boolean
}

export interface Type {
  readonly kind: Kind
  /** Numbers only. */
  readonly unit?: Unit
  /** Numbers and durations: the values lie between these two, both included. */
  readonly low?: number
  readonly high?: number
  /** Nothing says how far an unknown value may lie outside the values that are known. */
  readonly unbounded?: boolean
  /** Text from a closed list: the codes that may occur. */
  readonly values?: readonly string[]
  /** Lists only. */
  readonly items?: Type
  /** The value may be null, known to be absent. */
  readonly absent: boolean
  /** The value may be unknown, a fact being missing. */
  readonly unknown: boolean
}

export const freeUnit: Unit = { factors: [], free: true }
/** `fen`, or a product as `fen·percent`. */
export const unitOf = (name: string): Unit => ({ factors: name.split('·').toSorted(), free: false })

export const plain = (kind: Kind, more: Partial<Type> = {}): Type => ({
  kind,
  absent: false,
  unknown: false,
  ...more,
})

/** The product of two units. So many times an amount is an amount: a count leaves the other unit as it is. */
export const timesUnit = (a: Unit, b: Unit): Unit => {
  const factors = [...a.factors, ...b.factors].toSorted()
  const measured = factors.filter((factor) => factor !== 'count')
  return { factors: measured.length > 0 ? measured : factors.slice(0, 1), free: a.free || b.free }
}

// Dividing by the number written here takes the unit away: the hundred of a percentage.
const parts: Readonly<Record<string, number>> = { percent: 100, permille: 1000, basisPoint: 10_000 }

/** The quotient of two units; undefined where the divisor's is not in the dividend. */
export const overUnit = (a: Unit, b: Unit, writtenDivisor: number | undefined): Unit | undefined => {
  const part = a.factors.find((factor) => b.free && parts[factor] === writtenDivisor)
  const taken = part ? [part] : b.factors.filter((factor) => factor !== 'count')
  if (!isPart(taken, a.factors)) return undefined
  const factors = [...a.factors]
  for (const factor of taken) factors.splice(factors.indexOf(factor), 1)
  const left = a.factors.length > 0 && factors.length === 0 ? ['count'] : factors
  return { factors: left, free: a.free }
}

/** Whether two units may be added or compared; a free number only lends what the other side has more. */
export const sameUnit = (a: Unit, b: Unit): boolean => {
  if (a.free && isPart(a.factors, b.factors)) return true
  if (b.free && isPart(b.factors, a.factors)) return true
  return a.factors.join() === b.factors.join()
}

/** The unit of a sum of the two. */
export const joinUnit = (a: Unit, b: Unit): Unit => (a.free && b.factors.length >= a.factors.length ? b : a)

const isPart = (part: readonly string[], whole: readonly string[]): boolean => {
  const left = [...whole]
  return part.every((factor) => {
    const at = left.indexOf(factor)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

/** How a message names a type: `number of fen`, `date`, `list of text`. */
export const typeText = (type: Type): string => {
  if (type.kind === 'list') return `list of ${type.items ? typeText(type.items) : 'nothing'}`
  if (type.kind !== 'number' || !type.unit || type.unit.factors.length === 0) return type.kind
  return `number of ${type.unit.factors.join('·')}`
}

/** Whether a value of one type can ever equal one of the other. */
export const comparable = (a: Type, b: Type): boolean =>
  a.kind === 'null' || b.kind === 'null' || (a.kind === b.kind && a.kind !== 'list')

/** Nullness and unknownness of a result that has any of its operands' in it. */
export const carried = (...args: readonly Type[]): { absent: boolean; unknown: boolean } => ({
  absent: args.some(({ absent }) => absent),
  unknown: args.some(({ unknown }) => unknown),
})
