import { assert } from '#base'
import type { FactNode, Node, OperationNode, OverNode } from '../language/ast.ts'
import { operators, overOperators } from '../language/operators/table.ts'
import type { Facts, Member, Subject, Value } from '../language/values.ts'

/** What an expression is evaluated in. `scopes[0]` are the subject's facts, `scopes[1]` those of the member at hand. */
export interface Environment {
  readonly scopes: Facts[]
  readonly members: readonly Member[]
  readonly today: string
}

export type Evaluate = (environment: Environment) => Value

/** The value of a parameter in force: a value, a list, or unknown where the sources leave it open. */
export type ParameterValues = (name: string) => Value

export const environmentOf = (subject: Subject, today: string): Environment => ({
  // The second place is where a quantifier puts the member at hand.
  scopes: [subject.facts, subject.facts],
  members: subject.members ?? [],
  today,
})

/** Turns a tree into closures once, so that running it over many subjects never looks at the tree again. */
export const compileNode = (node: Node, parameters: ParameterValues): Evaluate => {
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'list': {
      const { values } = node
      return () => values
    }
    case 'parameter': {
      const value = parameters(node.name)
      return () => value
    }
    case 'today':
      return ({ today }) => today
    case 'fact':
      return compileFact(node)
    case 'operation':
      return compileOperation(node, parameters)
    case 'over':
      return compileOver(node, parameters)
  }
}

const compileFact = ({ name, depth, entity }: FactNode): Evaluate => {
  return ({ scopes }) => {
    const value = scopes[depth]?.[name]
    // Absent is null and missing is unknown; a fact that nobody delivered is our own mistake, never a quiet "no".
    if (value === undefined) assert(false, `fact ${entity}.${name} was not delivered`)
    return value as Value
  }
}

const compileOperation = (node: OperationNode, parameters: ParameterValues): Evaluate => {
  const { interpret, settledBy } = operators[node.operator]
  const [a = always, b = always, c = always] = node.args.map((arg) => compileNode(arg, parameters))
  if (node.args.length === 1) return (environment) => interpret(a(environment), null, null)
  if (node.args.length > 2) return (environment) => interpret(a(environment), b(environment), c(environment))
  if (!settledBy) return (environment) => interpret(a(environment), b(environment), null)
  return (environment) => {
    const first = a(environment)
    return settledBy(first) ?? interpret(first, b(environment), null)
  }
}

const always: Evaluate = () => null

const compileOver = (node: OverNode, parameters: ParameterValues): Evaluate => {
  const { interpret, settledBy } = overOperators[node.operator]
  const filter = node.filter && compileNode(node.filter, parameters)
  const body = node.body && compileNode(node.body, parameters)
  return (environment) => {
    const { members, scopes } = environment
    const filters: Value[] = []
    const bodies: Value[] = []
    for (const member of members) {
      scopes[node.depth] = member.facts
      const chosen = filter ? filter(environment) : true
      const value = body ? body(environment) : null
      if (settledBy !== undefined && chosen === true && value === settledBy) return value
      filters.push(chosen)
      if (body) bodies.push(value)
    }
    return interpret(filters, bodies)
  }
}
