import type { DecisionTable, Expression, FunctionDefinition, Literal, Variable } from '../model/expression.ts'
import type { XmlPart } from './xml.ts'

type Parts = readonly (XmlPart | undefined)[]

const textPart = (name: string, text: string | undefined): XmlPart | undefined =>
  text === undefined ? undefined : { name, text }

/** `<name><text>…</text></name>`, as unary tests are written. */
export const testsPart = (name: string, text: string | undefined): XmlPart | undefined =>
  text === undefined ? undefined : { name, children: [{ name: 'text', text }] }

/** A name with its type. */
export const variablePart = (name: string, variable: Variable): XmlPart => ({
  name,
  attributes: { name: variable.name, typeRef: variable.typeRef },
})

const headOf = ({ id, label, typeRef }: Expression) => ({ id, label, typeRef })

const boxed = (
  name: string,
  expression: Expression,
  children: Parts,
  more: Readonly<Record<string, string | undefined>> = {},
): XmlPart => ({
  name,
  attributes: { ...headOf(expression), ...more },
  children: [textPart('description', expression.description), ...children],
})

const literalPart = (literal: Literal, name = 'literalExpression'): XmlPart =>
  boxed(
    name,
    literal,
    literal.importedFrom === undefined
      ? [{ name: 'text', text: literal.text }]
      : [{ name: 'importedValues', attributes: { namespace: literal.importedFrom } }],
    { expressionLanguage: literal.language },
  )

const tablePart = (table: DecisionTable): XmlPart => {
  const { hitPolicy, aggregation, outputLabel, inputs, outputs, annotations, rules } = table
  return boxed(
    'decisionTable',
    table,
    [
      ...inputs.map(({ id, label, expression, values }) => ({
        name: 'input',
        attributes: { id, label },
        children: [literalPart(expression, 'inputExpression'), testsPart('inputValues', values)],
      })),
      ...outputs.map(({ id, label, name, typeRef, values, otherwise }) => ({
        name: 'output',
        attributes: { id, label, name, typeRef },
        children: [
          testsPart('outputValues', values),
          otherwise && literalPart(otherwise, 'defaultOutputEntry'),
        ],
      })),
      ...annotations.map((name) => ({ name: 'annotation', attributes: { name } })),
      ...rules.map((rule) => ({
        name: 'rule',
        attributes: { id: rule.id },
        children: [
          textPart('description', rule.description),
          ...rule.tests.map((text) => testsPart('inputEntry', text)),
          ...rule.outputs.map((entry) => literalPart(entry, 'outputEntry')),
          ...rule.annotations.map((text) => testsPart('annotationEntry', text)),
        ],
      })),
    ],
    { hitPolicy, aggregation, outputLabel },
  )
}

/** A function, under the name its place asks for. */
export const functionPart = (definition: FunctionDefinition, name = 'functionDefinition'): XmlPart =>
  boxed(
    name,
    definition,
    [
      ...definition.parameters.map((one) => variablePart('formalParameter', one)),
      expressionPart(definition.body),
    ],
    { kind: definition.language },
  )

const child = (name: string, value: Expression | undefined, typeRef?: string): XmlPart | undefined =>
  value === undefined && typeRef === undefined
    ? undefined
    : { name, attributes: { typeRef }, children: [expressionPart(value)] }

/** Any boxed expression. */
export const expressionPart = (expression: Expression | undefined): XmlPart | undefined => {
  if (!expression) return undefined
  switch (expression.kind) {
    case 'literal':
      return literalPart(expression)
    case 'table':
      return tablePart(expression)
    case 'function':
      return functionPart(expression)
    case 'invocation':
      return boxed('invocation', expression, [
        expressionPart(expression.callee),
        ...expression.bindings.map(({ variable, value }) => ({
          name: 'binding',
          children: [variablePart('parameter', variable), expressionPart(value)],
        })),
      ])
    case 'context':
      return boxed(
        'context',
        expression,
        expression.entries.map(({ variable, value }) => ({
          name: 'contextEntry',
          children: [variable && variablePart('variable', variable), expressionPart(value)],
        })),
      )
    default:
      return listingPart(expression)
  }
}

type Listing = Exclude<
  Expression,
  | { kind: 'literal' }
  | { kind: 'table' }
  | { kind: 'function' }
  | { kind: 'invocation' }
  | { kind: 'context' }
>

const listingPart = (expression: Listing): XmlPart => {
  switch (expression.kind) {
    case 'list':
      return boxed('list', expression, expression.items.map(expressionPart))
    case 'relation':
      return boxed('relation', expression, [
        ...expression.columns.map((one) => variablePart('column', one)),
        ...expression.rows.map((row) => ({ name: 'row', children: row.map(expressionPart) })),
      ])
    case 'conditional':
      return boxed('conditional', expression, [
        child('if', expression.condition),
        child('then', expression.whenTrue),
        child('else', expression.otherwise),
      ])
    case 'filter':
      return boxed('filter', expression, [child('in', expression.items), child('match', expression.match)])
    default:
      return boxed(
        expression.kind,
        expression,
        [
          child('in', expression.items, expression.itemsTypeRef),
          child(expression.kind === 'for' ? 'return' : 'satisfies', expression.body),
        ],
        { iteratorVariable: expression.variable },
      )
  }
}
