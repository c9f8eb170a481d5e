import {
  coerce,
  type FeelFunction,
  type FeelNumber,
  type FeelRun,
  type FeelScope,
  type FeelType,
  type FeelValue,
  isList,
  isNumber,
  scopeOf,
  toIso,
} from '../../feel/index.ts'
import type {
  Conditional,
  Context,
  Expression,
  Filter,
  FunctionDefinition,
  Invocation,
  Iterator,
  Relation,
  Variable,
} from '../model/expression.ts'
import { namesOfExpression, namesOfType } from './names.ts'
import { tableOf } from './table.ts'
import {
  type Compiled,
  callOf,
  type Env,
  itemsIn,
  iterable,
  literal,
  loosely,
  note,
  strictly,
} from './text.ts'
import type { Types } from './types.ts'

const nothing: Compiled = () => null

/** Any boxed expression as a function of the scope; one that is not there is null. */
export const expressionOf = (expression: Expression | undefined, env: Env): Compiled => {
  if (!expression) return nothing
  const here = env.at(expression)
  const compiled = kindOf(expression, here)
  return expression.kind === 'literal' ? compiled : loosely(compiled, expression.typeRef, here)
}

const kindOf = (expression: Expression, env: Env): Compiled => {
  switch (expression.kind) {
    case 'literal':
      return literal(expression, env)
    case 'table':
      return tableOf(expression, env)
    case 'invocation':
      return invocationOf(expression, env)
    case 'context':
      return contextOf(expression, env)
    case 'list':
      return listOf(expression.items, env)
    case 'relation':
      return relationOf(expression, env)
    case 'function':
      return functionOf(expression, env)
    case 'conditional':
      return conditionalOf(expression, env)
    case 'filter':
      return filterOf(expression, env)
    case 'for':
      return forOf(expression, env)
    default:
      return quantifiedOf(expression, env)
  }
}

const listOf = (items: readonly Expression[], env: Env): Compiled => {
  const compiled = items.map((item) => expressionOf(item, env))
  return (scope, run) => compiled.map((item) => item(scope, run))
}

const relationOf = ({ columns, rows }: Relation, env: Env): Compiled => {
  const compiled = rows.map((row) => row.map((cell) => expressionOf(cell, env)))
  const rowsOf = compiled.map((row) =>
    columns.map((column, at) => [column.name, strictly(row[at] ?? nothing, column, env)] as const),
  )
  return (scope, run) => rowsOf.map((row) => new Map(row.map(([name, cell]) => [name, cell(scope, run)])))
}

/** The names under a variable: those of its declared type, else those its expression shows. */
const namesUnder = (variable: Variable, value: Expression | undefined, env: Env) =>
  variable.typeRef === undefined ? namesOfExpression(value) : namesOfType(env.types.of(variable.typeRef))

const contextOf = ({ entries }: Context, env: Env): Compiled => {
  let inside = env
  const compiled = entries.map(({ variable, value }) => {
    // An entry knows its own name: a function may call itself.
    if (variable) inside = inside.knowing([[variable.name, namesUnder(variable, value, env)]])
    const read = expressionOf(value, inside)
    return { name: variable?.name, read: strictly(read, variable, inside) }
  })
  return (scope, run) => {
    const values = new Map<string, FeelValue>()
    const here = scopeOf(values, scope)
    for (const { name, read } of compiled) {
      if (name === undefined) return read(here, run)
      values.set(name, read(here, run))
    }
    return values
  }
}

/** Parameters with the types they declare. */
export const parametersOf = (variables: readonly Variable[], types: Types) =>
  variables.map(({ name, typeRef }) => ({ name, type: types.of(typeRef) }))

/** A function's value, closed over the scope it stands in. What Java or PMML would compute is null. */
export const functionOf = (definition: FunctionDefinition, env: Env): Compiled => {
  const { language, parameters: variables, body } = definition
  if (language !== 'FEEL')
    return (_, run) => note(run, 'feel.external-function', `a function in ${language} is not evaluated`)
  const parameters = parametersOf(variables, env.types)
  const names = parameters.map(({ name, type }) => [name, namesOfType(type)] as const)
  const compiled = expressionOf(body, env.knowing(names))
  return (scope): FeelFunction => ({
    kind: 'function',
    parameters,
    call: (args, run) => {
      const values = parameters.map(({ name, type }, at) => [name, coerce(args[at] ?? null, type)] as const)
      return compiled(scopeOf(new Map(values), scope), run)
    },
  })
}

const invocationOf = ({ callee, bindings }: Invocation, env: Env): Compiled => {
  const parameters = bindings.map(({ variable }) => variable.name)
  const call = callOf(callee, expressionOf(callee, env), parameters, env)
  const values = bindings.map(({ variable, value }) =>
    loosely(expressionOf(value, env), variable.typeRef, env),
  )
  return (scope, run) =>
    call(
      values.map((value) => value(scope, run)),
      scope,
      run,
    )
}

const conditionalOf = (conditional: Conditional, env: Env): Compiled => {
  const [test, yes, no] = [conditional.condition, conditional.whenTrue, conditional.otherwise].map((one) =>
    expressionOf(one, env),
  ) as [Compiled, Compiled, Compiled]
  return (scope, run) => (test(scope, run) === true ? yes(scope, run) : no(scope, run))
}

/** An iterator's items, and its body for one of them: with the item under the iterator's name, and what else is given. */
const iterationOf = ({ variable, itemsTypeRef, items, body }: Iterator, env: Env) => {
  const compiled = items?.kind === 'literal' ? iterable(items, env) : expressionOf(items, env)
  // Tools write the type of the list here, or that of its items: it tells names, and converts nothing.
  const under =
    itemsTypeRef === undefined ? namesOfExpression(items) : namesOfType(env.types.of(itemsTypeRef))
  const inside = env.knowing([
    ['partial', new Map()],
    [variable, under],
  ])
  const run_ = expressionOf(body, inside)
  const itemsOf = itemsIn(env)
  return {
    itemsOf: (scope: FeelScope, run: FeelRun) => itemsOf(compiled(scope, run), run),
    bodyOf: (item: FeelValue, scope: FeelScope, run: FeelRun, partial?: readonly FeelValue[]) => {
      const values = new Map<string, FeelValue>(partial ? [['partial', partial]] : [])
      return run_(scopeOf(values.set(variable, item), scope), run)
    },
  }
}

const forOf = (iterator: Iterator, env: Env): Compiled => {
  const { itemsOf, bodyOf } = iterationOf(iterator, env)
  // Each turn sees the results so far and none that come later, so they are copied where they are asked for.
  const asksForPartial = JSON.stringify(iterator.body ?? null).includes('partial')
  return (scope, run) => {
    const items = itemsOf(scope, run)
    if (!items) return note(run, 'feel.wrong-type', 'for needs a list')
    const results: FeelValue[] = []
    for (const item of items)
      results.push(bodyOf(item, scope, run, asksForPartial ? [...results] : undefined))
    return results
  }
}

const quantifiedOf = (iterator: Iterator, env: Env): Compiled => {
  const { itemsOf, bodyOf } = iterationOf(iterator, env)
  const decisive = iterator.kind === 'some'
  return (scope, run) => {
    const items = itemsOf(scope, run)
    if (!items) return note(run, 'feel.wrong-type', `${iterator.kind} needs a list`)
    let isOpen = false
    for (const item of items) {
      const result = bodyOf(item, scope, run)
      if (result === decisive) return decisive
      if (typeof result !== 'boolean') isOpen = true
    }
    return isOpen ? null : !decisive
  }
}

// As FEEL's filter (10.3.2.5): by position or by condition, of one value as of a list of one, of null nothing.
const filterOf = ({ items, match }: Filter, env: Env): Compiled => {
  const list = expressionOf(items, env)
  const under = namesOfExpression(items)
  const test = expressionOf(match, env.knowing([...under, ['item', under]]))
  return (scope, run) => {
    const value = list(scope, run)
    if (value === null) return null
    const all = isList(value) ? value : [value]
    const kept: FeelValue[] = []
    for (const item of all) {
      const found = test(itemScope(item, scope), run)
      if (isNumber(found)) return atPosition(all, found, run)
      if (found !== null && typeof found !== 'boolean')
        return note(run, 'feel.wrong-type', 'neither a condition nor a position')
      if (found === true) kept.push(item)
    }
    return kept
  }
}

const atPosition = (all: readonly FeelValue[], position: FeelNumber, run: FeelRun): FeelValue => {
  const at = position.isInteger() ? position.toNumber() : 0
  const found = at === 0 ? undefined : all.at(at > 0 ? at - 1 : at)
  return found ?? note(run, 'feel.out-of-range', `no item ${toIso(position)}`)
}

const itemScope = (item: FeelValue, scope: FeelScope): FeelScope => {
  const self = scopeOf(new Map([['item', item]]), scope)
  return item instanceof Map ? scopeOf(item, self) : self
}

/** The type a function's declared type gives its result: itself where it is no function type. */
export const resultTypeOf = (type: FeelType): FeelType => {
  if (type.kind === 'named') {
    const inner = resultTypeOf(type.base)
    return inner === type.base ? type : inner
  }
  return type.kind === 'function' ? (type.result ?? { kind: 'any' }) : type
}
