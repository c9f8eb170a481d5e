import type { Context, Expression, FunctionDefinition, Invocation } from '../model/expression.ts'
import { declaredTerm, loose } from './declared.ts'
import { type Known, type SqlFunction, termOf } from './feel.ts'
import { literalTerm } from './literal.ts'
import { chosen } from './operate.ts'
import { expressionIn, locating, placeAt, placeKnowing, type SqlPlace } from './place.ts'
import { tableTerm } from './table.ts'
import { nullTerm, outside, scalar, type Term } from './term.ts'

/** Any boxed expression as SQL; one that is not there is null. */
export const expressionTerm = (expression: Expression | undefined, place: SqlPlace): Term => {
  if (!expression) return nullTerm
  if (expression.kind === 'literal') return literalTerm(expression, place)
  const here = placeAt(place, expression)
  return locating(here, `<${expression.kind}>`, () =>
    loose(boxTerm(expression, here), expression.typeRef, here.env.types),
  )
}

const boxTerm = (expression: Expression, place: SqlPlace): Term => {
  switch (expression.kind) {
    case 'table':
      return tableTerm(expression, place)
    case 'context':
      return contextTerm(expression, place)
    case 'invocation':
      return invocationTerm(expression, place)
    case 'list': {
      const items = expression.items.map((item) => ({ taken: 'TRUE', value: expressionTerm(item, place) }))
      return { kind: 'list', present: 'TRUE', items }
    }
    case 'conditional': {
      const [when, yes, otherwise] = [expression.condition, expression.whenTrue, expression.otherwise].map(
        (part) => scalar(expressionTerm(part, place)),
      )
      if (when?.kind !== 'boolean') return outside('a condition that is no truth value')
      return chosen([{ when: when.sql, value: yes ?? nullTerm }], otherwise ?? nullTerm)
    }
    default:
      return outside(`a boxed ${expression.kind}`)
  }
}

const contextTerm = ({ entries }: Context, place: SqlPlace): Term => {
  const members = new Map<string, Term>()
  for (const { variable, value } of entries) {
    const here = placeKnowing(place, members)
    const term = expressionTerm(value, here)
    if (!variable) return term
    members.set(variable.name, declaredTerm(term, variable.typeRef, here))
  }
  return { kind: 'context', present: 'TRUE', members }
}

/** A function of FEEL, to be written out at each place it is called from. */
export const functionTerm = (
  { language, parameters, body }: FunctionDefinition,
  place: SqlPlace,
): SqlFunction => ({
  kind: 'function',
  parameters: parameters.map(({ name }) => name),
  call: (args) => {
    if (language !== 'FEEL') return outside(`a function in ${language}`)
    const values = parameters.map(({ name, typeRef }, at): readonly [string, Known] => [
      name,
      declaredTerm(args[at] ?? nullTerm, typeRef, place),
    ])
    return expressionTerm(body, placeKnowing(place, new Map(values)))
  },
})

const invocationTerm = ({ callee, bindings }: Invocation, place: SqlPlace): Term => {
  if (callee?.kind !== 'literal') return outside('a function that is computed')
  const ast = expressionIn(callee.text, place)
  const known = ast.kind === 'name' ? place.sql.find(ast.name) : undefined
  if (known?.kind !== 'function') {
    // Naming a decision or a built-in function here is for the interpreter.
    termOf(ast, place.sql)
    return outside(`${callee.text.trim()} is no function of the model`)
  }
  const given = new Map(bindings.map(({ variable, value }) => [variable, value]))
  const args = new Map<string, Term>()
  for (const [variable, value] of given) {
    if (args.has(variable.name) || !known.parameters.includes(variable.name))
      return outside(`the argument ${variable.name}`)
    args.set(variable.name, loose(expressionTerm(value, place), variable.typeRef, place.env.types))
  }
  return known.call(known.parameters.map((name) => args.get(name)))
}
