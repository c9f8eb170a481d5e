import type { Binding, ContextEntry, Expression, FunctionDefinition, Variable } from '../model/expression.ts'
import { childOf, childrenOf, commonOf, nameOf, noted, present, type Reader, typeRefOf } from './reader.ts'
import { literalOf, tableOf } from './table.ts'
import type { XmlElement } from './xml.ts'

type Read = (reader: Reader, element: XmlElement) => Expression

/** A name with its type: `variable`, `parameter`, `column`, `formalParameter`. */
export const variableOf = (reader: Reader, element: XmlElement): Variable =>
  present({ name: nameOf(element), typeRef: typeRefOf(reader, element) })

const headOf = (reader: Reader, element: XmlElement) => ({
  ...commonOf(element),
  typeRef: typeRefOf(reader, element),
})

/** The first expression among the children, if there is one. */
export const expressionIn = (reader: Reader, element: XmlElement | undefined): Expression | undefined => {
  for (const child of element ? childrenOf(element) : []) {
    const read = readers[child.name]
    if (read) return noted(reader, child, read(reader, child))
  }
  return undefined
}

const expressionsIn = (reader: Reader, element: XmlElement): readonly Expression[] =>
  childrenOf(element).flatMap((child) => {
    const read = readers[child.name]
    return read ? [noted(reader, child, read(reader, child))] : []
  })

const bindingOf = (reader: Reader, element: XmlElement): Binding => {
  const parameter = childOf(element, 'parameter')
  return present({
    variable: parameter ? variableOf(reader, parameter) : { name: '' },
    value: expressionIn(reader, element),
  })
}

const entryOf = (reader: Reader, element: XmlElement): ContextEntry => {
  const variable = childOf(element, 'variable')
  return present({
    variable: variable && variableOf(reader, variable),
    value: expressionIn(reader, element),
  })
}

/** A function: the content of a boxed function definition or of a business knowledge model. */
export const functionOf = (reader: Reader, element: XmlElement): FunctionDefinition => {
  const kind = element.attributes.get('kind')?.trim().toUpperCase()
  return present({
    kind: 'function' as const,
    ...headOf(reader, element),
    language: kind === 'JAVA' ? 'Java' : kind === 'PMML' ? 'PMML' : 'FEEL',
    parameters: childrenOf(element, 'formalParameter').map((one) => variableOf(reader, one)),
    body: expressionIn(reader, element),
  })
}

const iterate =
  (kind: 'for' | 'every' | 'some', body: string): Read =>
  (reader, element) => {
    const items = childOf(element, 'in')
    return present({
      kind,
      ...headOf(reader, element),
      variable: nameOf(element, 'iteratorVariable'),
      itemsTypeRef: items && typeRefOf(reader, items),
      items: expressionIn(reader, items),
      body: expressionIn(reader, childOf(element, body)),
    })
  }

const readers: Readonly<Record<string, Read>> = {
  literalExpression: literalOf,
  decisionTable: tableOf,
  invocation: (reader, element) =>
    present({
      kind: 'invocation' as const,
      ...headOf(reader, element),
      callee: expressionIn(reader, element),
      bindings: childrenOf(element, 'binding').map((one) => bindingOf(reader, one)),
    }),
  context: (reader, element) =>
    present({
      kind: 'context' as const,
      ...headOf(reader, element),
      entries: childrenOf(element, 'contextEntry').map((one) => entryOf(reader, one)),
    }),
  list: (reader, element) =>
    present({ kind: 'list' as const, ...headOf(reader, element), items: expressionsIn(reader, element) }),
  relation: (reader, element) =>
    present({
      kind: 'relation' as const,
      ...headOf(reader, element),
      columns: childrenOf(element, 'column').map((one) => variableOf(reader, one)),
      rows: childrenOf(element, 'row').map((row) => expressionsIn(reader, row)),
    }),
  functionDefinition: functionOf,
  conditional: (reader, element) =>
    present({
      kind: 'conditional' as const,
      ...headOf(reader, element),
      condition: expressionIn(reader, childOf(element, 'if')),
      whenTrue: expressionIn(reader, childOf(element, 'then')),
      otherwise: expressionIn(reader, childOf(element, 'else')),
    }),
  for: iterate('for', 'return'),
  every: iterate('every', 'satisfies'),
  some: iterate('some', 'satisfies'),
  filter: (reader, element) =>
    present({
      kind: 'filter' as const,
      ...headOf(reader, element),
      items: expressionIn(reader, childOf(element, 'in')),
      match: expressionIn(reader, childOf(element, 'match')),
    }),
}
