import { type Fen, yuanTextOf } from '#base'
import type { FactNode, Node, OperationNode, OverNode, RuleNode } from '../language/ast.ts'
import type { OperatorName } from '../language/operators/operator.ts'
import type { Type } from '../language/types.ts'
import { isUnknownValue, type Scalar, type Value } from '../language/values.ts'
import type { Language } from './finding.ts'
import type { PackInForce } from './in-force.ts'
import { type PlainWord, plainWords } from './plain-rule-words.ts'

/** An expression in plain words: a line, and under it the lines it is made of. */
export interface RuleText {
  readonly text: string
  readonly parts: readonly RuleText[]
}

interface Saying {
  readonly force: PackInForce
  readonly words: Readonly<Record<PlainWord, string>>
  readonly key: 'zh' | 'en'
}

/** What a rule says, in plain words, with the parameters as they are in force. Facts are told by their labels. */
export const ruleText = (force: PackInForce, node: Node, language: Language): RuleText =>
  block(node, { force, words: plainWords(language), key: language === 'en' ? 'en' : 'zh' })

/** A value of a parameter or fact as people read it. */
export const plainValueText = (
  value: Value | readonly Scalar[],
  { unit, labels = {} }: ValueForm,
  language: Language,
): string => valueText(value, { unit, labels }, plainWords(language), language === 'en' ? 'en' : 'zh')

interface ValueForm {
  readonly unit?: string | undefined
  readonly labels?: Readonly<Record<string, { readonly zh: string; readonly en: string }>> | undefined
}

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole)

const leaf = (text: string): RuleText => ({ text, parts: [] })

const block = (node: Node, saying: Saying): RuleText => {
  const { words } = saying
  if (node.kind === 'operation') {
    const { operator, args } = node
    if (operator === 'and' || operator === 'or')
      return {
        text: operator === 'and' ? words.all : words.any,
        parts: flat(node, operator).map((arg) => block(arg, saying)),
      }
    const [first] = args
    if (operator === 'not' && first?.kind === 'operation' && ['and', 'or'].includes(first.operator))
      return { text: words.none, parts: [block(first, saying)] }
    if (operator === 'if' && !isPresence(node)) return cases(node, saying)
  }
  if (node.kind === 'over' && node.body && (node.operator === 'some' || node.operator === 'every')) {
    const item = itemName(node, saying)
    const filter = node.filter ? inline(node.filter, saying) : ''
    const text =
      node.operator === 'some'
        ? fill(words.some, { item })
        : fill(filter ? words.everyOf : words.every, { item, filter })
    const parts = [
      ...(node.operator === 'some' && node.filter ? [block(node.filter, saying)] : []),
      block(node.body, saying),
    ]
    return { text, parts }
  }
  return leaf(inline(node, saying))
}

/** `if` chains read as a list of cases. */
const cases = (node: OperationNode, saying: Saying): RuleText => {
  const parts: RuleText[] = []
  let rest: Node | undefined = node
  while (rest?.kind === 'operation' && rest.operator === 'if') {
    const [condition, then, otherwise]: readonly (Node | undefined)[] = rest.args
    if (!condition || !then) break
    parts.push({
      text: fill(saying.words.when, { a: inline(condition, saying) }),
      parts: [block(then, saying)],
    })
    rest = otherwise
  }
  if (rest) parts.push({ text: saying.words.otherwise, parts: [block(rest, saying)] })
  return { text: saying.words.byCase, parts }
}

const flat = (node: Node, operator: OperatorName): readonly Node[] =>
  node.kind === 'operation' && node.operator === operator
    ? node.args.flatMap((arg) => flat(arg, operator))
    : [node]

/** `if x = null then y else x`, which authors write as valueOr(x, y). */
const isPresence = ({ args }: OperationNode): boolean => {
  const [condition] = args
  return condition?.kind === 'operation' && condition.operator === 'equal' && isNull(condition.args[1])
}

const isNull = (node: Node | undefined): boolean => node?.kind === 'literal' && node.value === null

const inline = (node: Node, saying: Saying): string => {
  const { words, force } = saying
  switch (node.kind) {
    case 'literal':
      return literalText(node.value, node.type, undefined, saying)
    case 'list':
      return node.values
        .map((value) => literalText(value, node.type, undefined, saying))
        .join(words.separator)
    case 'fact':
    case 'rule':
      return placedText(node, saying)
    case 'parameter': {
      const entry = force.pack.parameters[node.name]
      const a = entry?.label[saying.key] ?? node.name
      const value = force.parameters.get(node.name)?.value
      if (value === undefined || isUnknownValue(value)) return fill(words.openParameter, { a })
      const form = { unit: entry?.unit, labels: entry?.options }
      return fill(words.parameter, { a, value: valueText(value, form, words, saying.key) })
    }
    case 'today':
      return words.today
    case 'over':
      return overText(node, saying)
    case 'operation':
      return operationText(node, saying)
  }
}

const placedText = (node: FactNode | RuleNode, saying: Saying): string => {
  const { pack } = saying.force
  const label =
    node.kind === 'fact'
      ? pack.facts[node.entity]?.[node.name]?.label[saying.key]
      : pack.definitions.get(node.name)?.name[saying.key]
  const a = label ?? node.name
  if (node.up === 0) return a
  return fill(saying.words.of, { owner: entityName(node.entity, saying), a })
}

const entityName = (entity: string, { force, key }: Saying): string =>
  force.pack.entities[entity]?.label[key] ?? entity
const itemName = ({ entity }: OverNode, saying: Saying): string => entityName(entity, saying)

const overText = (node: OverNode, saying: Saying): string => {
  const { words } = saying
  const item = itemName(node, saying)
  const a = node.body ? inline(node.body, saying) : ''
  const filter = node.filter ? inline(node.filter, saying) : ''
  if (node.operator === 'some' || node.operator === 'every') {
    const both = [filter, a].filter(Boolean).join(words.and)
    return fill(node.operator === 'some' ? words.someInline : words.everyInline, { item, a: both })
  }
  const list = fill(filter ? words.eachOf : words.each, { item, filter })
  return fill(words[node.operator === 'total' ? 'sum' : node.operator], { list, a })
}

const comparisons: Partial<Record<OperatorName, readonly [PlainWord, PlainWord]>> = {
  less: ['less', 'before'],
  lessOrEqual: ['lessOrEqual', 'notAfter'],
  greater: ['greater', 'after'],
  greaterOrEqual: ['greaterOrEqual', 'notBefore'],
}

const simple: Partial<Record<OperatorName, PlainWord>> = {
  add: 'plus',
  subtract: 'minus',
  multiply: 'times',
  dateAddMonths: 'later',
  monthAddMonths: 'later',
  dateAddDays: 'later',
  dateSubtractMonths: 'earlier',
  monthSubtractMonths: 'earlier',
  dateSubtractDays: 'earlier',
  daysBetween: 'days',
  monthsBetween: 'monthsFromTo',
  yearsBetween: 'years',
  monthOf: 'monthOf',
  yearOf: 'yearOf',
  firstDayOf: 'firstDayOf',
  lastDayOf: 'lastDayOf',
  addWorkdays: 'addWorkdays',
  required: 'required',
  least: 'least',
}

const operationText = (node: OperationNode, saying: Saying): string => {
  const { words } = saying
  const { operator, args } = node
  const [first, second, third] = args
  const say = (of: Node | undefined): string => (of ? inline(of, saying) : '')
  // `duration("P1M") * parameters.months` is the parameter's number of months.
  if (operator === 'multiply' && isOneDuration(first)) return say(second)
  const word = simple[operator]
  if (word) return fill(words[word], { a: factor(first, node, saying), b: factor(second, node, saying) })
  const comparison = comparisons[operator]
  if (comparison) {
    const isDate = first?.type.kind === 'date' || first?.type.kind === 'month'
    return fill(words[comparison[isDate ? 1 : 0]], {
      a: compared(first, second, saying),
      b: compared(second, first, saying),
    })
  }
  switch (operator) {
    case 'and':
    case 'or':
      return `${words.open}${flat(node, operator).map(say).join(words[operator])}${words.close}`
    case 'not':
      return fill(words.not, { a: say(first) })
    case 'if':
      if (isPresence(node)) return say(third)
      return fill(words.ifInline, { a: say(first), b: say(second), c: say(third) })
    case 'equal':
    case 'notEqual':
      return equalText(node, saying)
    case 'oneOf': {
      const values = second?.kind === 'list' ? second.values : []
      const b = values.map((value) => literalText(value, second?.type, first, saying)).join(words.separator)
      return fill(words.oneOf, { a: say(first), b: b || say(second) })
    }
    case 'divide': {
      const mode = third?.kind === 'literal' ? String(third.value) : ''
      const c = mode in words ? words[mode as PlainWord] : mode
      return fill(words.divide, { a: factor(first, node, saying), b: factor(second, node, saying), c })
    }
    case 'onWorkday': {
      const mode = second?.kind === 'literal' ? rollWords[String(second.value)] : undefined
      return fill(words.onWorkday, { a: say(first), b: mode ? words[mode] : say(second) })
    }
    case 'greatest': {
      const isFloor = first?.kind === 'literal' && first.value === 0
      if (isFloor) return fill(words.notNegative, { a: factor(second, node, saying) })
      return fill(words.greatest, { a: say(first), b: say(second) })
    }
    default:
      return `${operator}(${args.map(say).join(', ')})`
  }
}

const rollWords: Readonly<Record<string, PlainWord>> = { roll: 'roll', tighten: 'tighten', none: 'noRoll' }

const isOneDuration = (node: Node | undefined): boolean =>
  node?.kind === 'literal' && node.value === 1 && (node.type.kind === 'months' || node.type.kind === 'days')

const equalText = ({ operator, args }: OperationNode, saying: Saying): string => {
  const { words } = saying
  const [first, second] = args
  const isEqual = operator === 'equal'
  const a = first ? inline(first, saying) : ''
  if (isNull(second)) return fill(isEqual ? words.absent : words.present, { a })
  if (second?.kind === 'literal' && typeof second.value === 'boolean')
    return second.value === isEqual ? a : fill(words.no, { a })
  return fill(isEqual ? words.equal : words.notEqual, { a, b: compared(second, first, saying) })
}

/** A written value is told by the labels and the unit of what it is compared with. */
const compared = (node: Node | undefined, with_: Node | undefined, saying: Saying): string => {
  if (!node) return ''
  return node.kind === 'literal' ? literalText(node.value, node.type, with_, saying) : inline(node, saying)
}

/** A part of a calculation, in brackets where it is a sum itself. */
const factor = (node: Node | undefined, within: OperationNode, saying: Saying): string => {
  if (!node) return ''
  // What is multiplied or divided by is a bare number, not an amount.
  const isProduct = within.operator === 'multiply' || within.operator === 'divide'
  const text = compared(node, isProduct ? undefined : within.args.find((arg) => arg !== node), saying)
  const isSum = node.kind === 'operation' && ['add', 'subtract', 'divide'].includes(node.operator)
  const isTight = ['multiply', 'divide', 'subtract'].includes(within.operator)
  return isSum && isTight ? `${saying.words.open}${text}${saying.words.close}` : text
}

const labelsOf = (node: Node | undefined, { force }: Saying): ValueForm['labels'] => {
  if (node?.kind === 'fact') return force.pack.facts[node.entity]?.[node.name]?.values
  if (node?.kind === 'rule') return force.pack.definitions.get(node.name)?.values
  return node?.kind === 'parameter' ? force.pack.parameters[node.name]?.options : undefined
}

const literalText = (
  value: Scalar,
  type: Type | undefined,
  beside: Node | undefined,
  saying: Saying,
): string => {
  const { words, key } = saying
  if (typeof value === 'number' && type?.kind === 'months') return fill(words.months, { a: String(value) })
  if (typeof value === 'number' && type?.kind === 'days') return fill(words.daysLong, { a: String(value) })
  const isBare = type?.unit?.free === false && type.unit.factors.length === 0
  const unit = isBare ? undefined : beside?.type.unit?.factors.join('·')
  return valueText(value, { unit, labels: labelsOf(beside, saying) }, words, key)
}

const valueText = (
  value: Value | readonly Scalar[],
  { unit, labels }: ValueForm,
  words: Saying['words'],
  key: 'zh' | 'en',
): string => {
  if (Array.isArray(value))
    return (value as readonly Scalar[])
      .map((one) => valueText(one, { unit, labels }, words, key))
      .join(words.separator)
  if (value === null) return words.nothing
  if (typeof value === 'boolean') return value ? words.yes : words.noWord
  if (typeof value === 'string') return labels?.[value]?.[key] ?? value
  if (typeof value !== 'number') return ''
  if (unit === 'fen') return fill(words.yuan, { a: yuanTextOf(value as Fen) })
  return `${value}${unitSign(unit, key)}`
}

const unitSigns: Readonly<Record<string, readonly [string, string]>> = {
  months: ['个月', ' months'],
  days: ['天', ' days'],
  workdays: ['个工作日', ' working days'],
  years: ['年', ' years'],
  percent: ['%', '%'],
  permille: ['‰', '‰'],
}

const unitSign = (unit: string | undefined, key: 'zh' | 'en'): string =>
  unitSigns[unit ?? '']?.[key === 'en' ? 1 : 0] ?? ''
