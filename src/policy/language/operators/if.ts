import { comparable, joinUnit, plain, sameUnit, type Type, typeText } from '../types.ts'
import { isUnknownValue, mergeUnknown } from '../values.ts'
import { booleans } from './booleans.ts'
import { type Clash, clash, type Operator } from './operator.ts'
import { missingOfAll, valueAt } from './sql-parts.ts'

/** By FEEL a null condition takes the else arm; an unknown one decides only where both arms are the same known value. */
export const ifThenElse: Operator = {
  name: 'if',
  sign: 'if',
  typeOf: ([condition, yes, no]) => {
    if (!condition || !yes || !no) return clash('syntax')
    return booleans('if', [condition]) ?? armsType(condition, yes, no)
  },
  interpret: (condition, yes, no) => {
    if (!isUnknownValue(condition)) return condition === true ? yes : no
    if (!isUnknownValue(yes) && !isUnknownValue(no) && yes === no) return yes
    return mergeUnknown(condition, mergeUnknown(yes, no))
  },
  sql: (args) => {
    const [c, yes, no] = args
    const [cv, yv, nv] = [valueAt(args, 0), valueAt(args, 1), valueAt(args, 2)]
    const absent = Boolean(yes?.absent || no?.absent)
    const chosen = `CASE WHEN ${cv} THEN ${yv} ELSE ${nv} END`
    const arms = missingOfAll([yes, no].filter((arm) => arm !== undefined))
    const chosenMissing = arms && `CASE WHEN ${cv} THEN ${yes?.missing ?? '0'} ELSE ${no?.missing ?? '0'} END`
    if (c?.missing === undefined) return { value: `(${chosen})`, missing: chosenMissing, absent }
    const known = arms === undefined ? '' : ` AND ${arms} = 0`
    const agree = `(${yv} IS NOT DISTINCT FROM ${nv}${known})`
    return {
      value: `(CASE WHEN ${c.missing} = 0 THEN ${chosen} WHEN ${yv} = ${nv} THEN ${yv} END)`,
      missing: `(CASE WHEN ${c.missing} = 0 THEN ${chosenMissing ?? '0'} WHEN ${agree} THEN 0 ELSE ${missingOfAll(args)} END)`,
      absent,
    }
  },
  swaps: [],
}

const armsType = (condition: Type, yes: Type, no: Type): Type | Clash => {
  if (!comparable(yes, no))
    return clash('type-clash', { sign: 'if', left: typeText(yes), right: typeText(no) })
  const shared = {
    absent: yes.absent || no.absent,
    unknown: condition.unknown || yes.unknown || no.unknown,
  }
  const chosen = yes.kind === 'null' ? no : yes
  if (yes.kind !== 'number' || no.kind !== 'number') return { ...chosen, ...shared, ...valuesOf(yes, no) }
  if (!yes.unit || !no.unit || !sameUnit(yes.unit, no.unit))
    return clash('unit-clash', { sign: 'if', left: typeText(yes), right: typeText(no) })
  return plain('number', {
    ...shared,
    unit: joinUnit(yes.unit, no.unit),
    low: Math.min(yes.low ?? 0, no.low ?? 0),
    high: Math.max(yes.high ?? 0, no.high ?? 0),
  })
}

const valuesOf = (yes: Type, no: Type): Partial<Type> => {
  if (yes.kind === 'null' || no.kind === 'null') return {}
  return { values: yes.values && no.values && [...new Set([...yes.values, ...no.values])] }
}
