import { assert, type WorkCalendar } from '#base'
import type {
  FactNode,
  Node,
  OperationNode,
  OverNode,
  ParameterNode,
  RuleNode,
  Side,
} from '../language/ast.ts'
import { boundOf, exactValue } from '../language/bounds.ts'
import type { Operator, OperatorName } from '../language/operators/operator.ts'
import { operators, overOperators } from '../language/operators/table.ts'
import type { Type } from '../language/types.ts'
import { type Facts, isUnknownValue, type Subject, type Value } from '../language/values.ts'

/** A subject or an item of its lists while rules run on it; what named rules say of it is kept once known. */
export interface Instance {
  readonly id: string
  readonly facts: Facts
  readonly lists: Readonly<Record<string, readonly Instance[]>>
  readonly above: Instance | undefined
  readonly memo: Value[]
}

/** `self` is the rule's subject, `item` the item of its list that a quantifier or aggregate stands at. */
export type Evaluate = (self: Instance, item: Instance) => Value

/** The value of a parameter in force: a value, a list, or unknown where the sources leave it open. */
export type ParameterValues = (name: string) => Value

/** What an expression is evaluated under. */
export interface Setting {
  readonly parameters: ParameterValues
  readonly today: string
  /** The working-day calendar; without it every question for a working day is open. */
  readonly calendar?: WorkCalendar | undefined
  /** The tree of a named rule. */
  readonly ruleOf?: ((entity: string, name: string) => Node) | undefined
}

/** Turns trees into closures. Instances keep results by this compiler's numbers: never use one with two compilers. */
export interface Compiler {
  compile(node: Node): Evaluate
  /** What an operator means under the calendar. */
  meaningOf(operator: OperatorName): Operator['interpret']
  /** The value of a named rule for an instance of its entity, or an end of what it may be. */
  rule(entity: string, name: string, bound?: Side): (instance: Instance) => Value
  /** Tells what a named rule says of an instance, found while it was traced: it is not computed again. */
  keeper(entity: string, name: string): (instance: Instance, value: Value) => void
}

const noLists: Instance['lists'] = {}

/** Makes a subject ready for one compiler's rules. */
export const instanceOf = (subject: Subject, above?: Instance): Instance => {
  const { id, facts, members } = subject
  const given = members ? { members, ...subject.lists } : subject.lists
  if (!given) return { id, facts, lists: noLists, above, memo: [] }
  const lists: Record<string, readonly Instance[]> = {}
  const instance: Instance = { id, facts, lists, above, memo: [] }
  for (const name in given) lists[name] = (given[name] ?? []).map((item) => instanceOf(item, instance))
  return instance
}

/** Compiles each tree once, so that running it over many subjects never looks at the tree again. */
export const compilerFor = (setting: Setting): Compiler => {
  const { calendar } = setting
  const meaningOf: Compiler['meaningOf'] = (name) => {
    const { interpret, under } = operators[name]
    return under && calendar ? under(calendar) : interpret
  }
  const readers = new Map<string, (instance: Instance) => Value>()
  const slots = new Map<string, number>()
  const slotOf = (entity: string, name: string, bound?: Side): number => {
    const key = `${entity}.${name}.${bound}`
    const slot = slots.get(key) ?? slots.size
    slots.set(key, slot)
    return slot
  }
  const rule: Compiler['rule'] = (entity, name, bound) => {
    const key = `${entity}.${name}.${bound}`
    const known = readers.get(key)
    if (known) return known
    const slot = slotOf(entity, name, bound)
    let run: Evaluate | undefined
    const read = (instance: Instance): Value => {
      const kept = instance.memo[slot]
      if (kept !== undefined) return kept
      run ??= compile(ruleTree(setting, entity, name, bound))
      const value = run(instance, instance)
      instance.memo[slot] = value
      return value
    }
    readers.set(key, read)
    return read
  }
  const compile = (node: Node): Evaluate => compileNode(node, setting, { compile, meaningOf, rule, keeper })
  const keeper: Compiler['keeper'] = (entity, name) => {
    const slot = slotOf(entity, name)
    return (instance, value) => {
      instance.memo[slot] = value
    }
  }
  return { compile, meaningOf, rule, keeper }
}

/** The tree that both engines run for a named rule, or for an end of what it may be. */
export const ruleTree = (
  { ruleOf }: Pick<Setting, 'ruleOf'>,
  entity: string,
  name: string,
  bound?: Side,
): Node => {
  const tree = ruleOf?.(entity, name)
  assert(tree, `no rule ${entity}.${name}`)
  return bound ? boundOf(tree as Node, bound) : exactValue(tree as Node)
}

const compileNode = (node: Node, setting: Setting, compiler: Compiler): Evaluate => {
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'list': {
      const { values } = node
      return () => values
    }
    case 'parameter':
      return compileParameter(node, setting)
    case 'today': {
      const { today } = setting
      return () => today
    }
    case 'fact':
      return compileFact(node)
    case 'rule':
      return compileRule(node, compiler)
    case 'operation':
      return compileOperation(node, compiler)
    case 'over':
      return compileOver(node, compiler)
  }
}

/** The end of a range that stands in where the value is unknown. */
const standIn = ({ low, high }: Type, bound: Side): number => {
  const end = bound === 'low' ? low : high
  assert(end !== undefined, 'a number without a range')
  return end as number
}

const compileParameter = ({ name, bound, type }: ParameterNode, { parameters }: Setting): Evaluate => {
  const value = parameters(name)
  const result = bound && isUnknownValue(value) ? standIn(type, bound) : value
  return () => result
}

/** From the instance a tree runs on to the one that a place in it speaks of. */
const ownerAt = ({
  depth,
  up,
}: Pick<FactNode, 'depth' | 'up'>): ((self: Instance, item: Instance) => Instance) => {
  if (depth > 0) return (_, item) => item
  if (up === 0) return (self) => self
  return (self) => {
    let owner: Instance | undefined = self
    for (let step = 0; step < up; step += 1) owner = owner?.above
    assert(owner, 'a rule about a part needs what it is a part of')
    return owner as Instance
  }
}

const compileFact = (node: FactNode): Evaluate => {
  const { name, entity, bound, type, depth, up } = node
  const delivered = (value: Value | undefined): Value => {
    // Absent is null and missing is unknown; a fact that nobody delivered is our own mistake, never a quiet "no".
    if (value === undefined) assert(false, `fact ${entity}.${name} was not delivered`)
    return value as Value
  }
  if (bound) {
    const [owner, end] = [ownerAt(node), standIn(type, bound)]
    return (self, item) => {
      const value = delivered(owner(self, item).facts[name])
      return isUnknownValue(value) ? end : value
    }
  }
  if (depth > 0) return (_, item) => delivered(item.facts[name])
  if (up === 0) return (self) => delivered(self.facts[name])
  const owner = ownerAt(node)
  return (self, item) => delivered(owner(self, item).facts[name])
}

const compileRule = (node: RuleNode, compiler: Compiler): Evaluate => {
  const read = compiler.rule(node.entity, node.name, node.bound)
  if (node.depth > 0) return (_, item) => read(item)
  if (node.up === 0) return (self) => read(self)
  const owner = ownerAt(node)
  return (self, item) => read(owner(self, item))
}

const always: Evaluate = () => null

const compileOperation = (node: OperationNode, { compile, meaningOf }: Compiler): Evaluate => {
  const { settledBy } = operators[node.operator]
  const interpret = meaningOf(node.operator)
  const [a = always, b = always, c = always] = node.args.map(compile)
  if (node.operator === 'if') return conditional(a, b, c, interpret)
  if (node.args.length === 1) return (self, item) => interpret(a(self, item), null, null)
  if (settledBy)
    return (self, item) => {
      const first = a(self, item)
      return settledBy(first) ?? interpret(first, b(self, item), c(self, item))
    }
  if (node.args.length > 2) return (self, item) => interpret(a(self, item), b(self, item), c(self, item))
  return (self, item) => interpret(a(self, item), b(self, item), null)
}

/** Only the arm that is taken is looked at, where the condition is known. */
const conditional =
  (a: Evaluate, b: Evaluate, c: Evaluate, interpret: (a: Value, b: Value, c: Value) => Value): Evaluate =>
  (self, item) => {
    const condition = a(self, item)
    if (condition === true) return b(self, item)
    if (isUnknownValue(condition)) return interpret(condition, b(self, item), c(self, item))
    return c(self, item)
  }

const noItems: readonly Instance[] = []

const compileOver = (node: OverNode, { compile }: Compiler): Evaluate => {
  const { interpret, settledBy } = overOperators[node.operator]
  const { list, operator } = node
  const filter = node.filter && compile(node.filter)
  const body = node.body && compile(node.body)
  const collected: Evaluate = (self) => {
    const filters: Value[] = []
    const bodies: Value[] = []
    for (const item of self.lists[list] ?? noItems) {
      const chosen = filter ? filter(self, item) : true
      const value = body ? body(self, item) : null
      if (settledBy !== undefined && chosen === true && value === settledBy) return value
      filters.push(chosen)
      if (body) bodies.push(value)
    }
    return interpret(filters, bodies)
  }
  if (operator !== 'total' && operator !== 'count') return collected
  return summed(list, filter, body ?? (() => 1), collected)
}

/** The same for known numbers without collecting them first; the first that is not is left to the operator. */
const summed =
  (list: string, filter: Evaluate | undefined, body: Evaluate, collected: Evaluate): Evaluate =>
  (self, item) => {
    let total = 0
    for (const each of self.lists[list] ?? noItems) {
      const chosen = filter ? filter(self, each) : true
      if (chosen === false || chosen === null) continue
      const value = chosen === true ? body(self, each) : null
      if (typeof value !== 'number') return collected(self, item)
      total += value
    }
    return total
  }
