import {
  type Aggregation,
  aggregations,
  type DecisionTable,
  type HitPolicy,
  hitPolicies,
  type InputClause,
  type Literal,
  type OutputClause,
  type Rule,
} from '../model/expression.ts'
import { childOf, childrenOf, childText, commonOf, noted, present, type Reader, typeRefOf } from './reader.ts'
import type { XmlElement } from './xml.ts'

/** A literal expression; one without text is empty. */
export const literalOf = (reader: Reader, element: XmlElement): Literal => {
  const imported = childOf(element, 'importedValues')
  const from = imported?.attributes.get('locationURI') ?? imported?.attributes.get('namespace')
  return noted(
    reader,
    element,
    present({
      kind: 'literal' as const,
      ...commonOf(element),
      typeRef: typeRefOf(reader, element),
      text: childText(element, 'text') ?? '',
      language: element.attributes.get('expressionLanguage'),
      importedFrom: imported ? (from ?? '') : undefined,
    }),
  )
}

const testsIn = (element: XmlElement, name: string): string | undefined => {
  const tests = childOf(element, name)
  return tests && (childText(tests, 'text') ?? '')
}

const inputOf = (reader: Reader, element: XmlElement): InputClause => {
  const expression = childOf(element, 'inputExpression')
  const { id, label } = commonOf(element)
  return noted(
    reader,
    element,
    present({
      id,
      label,
      expression: expression ? literalOf(reader, expression) : { kind: 'literal' as const, text: '' },
      values: testsIn(element, 'inputValues'),
    }),
  )
}

const outputOf = (reader: Reader, element: XmlElement): OutputClause => {
  const otherwise = childOf(element, 'defaultOutputEntry')
  const { id, label } = commonOf(element)
  const name = element.attributes.get('name')?.trim().replace(/\s+/gu, ' ')
  return noted(
    reader,
    element,
    present({
      id,
      label,
      name: name || undefined,
      typeRef: typeRefOf(reader, element),
      values: testsIn(element, 'outputValues'),
      otherwise: otherwise && literalOf(reader, otherwise),
    }),
  )
}

const ruleOf = (reader: Reader, element: XmlElement): Rule => {
  const { id, description } = commonOf(element)
  return noted(
    reader,
    element,
    present({
      id,
      description,
      tests: childrenOf(element, 'inputEntry').map((entry) => childText(entry, 'text') ?? ''),
      outputs: childrenOf(element, 'outputEntry').map((entry) => literalOf(reader, entry)),
      annotations: childrenOf(element, 'annotationEntry').map((entry) => childText(entry, 'text') ?? ''),
    }),
  )
}

const oneOf = <T extends string>(words: readonly T[], text: string | undefined): T | undefined =>
  words.find((word) => word === text?.trim().toUpperCase())

/** A decision table; a hit policy that is not written is unique. */
export const tableOf = (reader: Reader, element: XmlElement): DecisionTable =>
  noted(
    reader,
    element,
    present({
      kind: 'table' as const,
      ...commonOf(element),
      typeRef: typeRefOf(reader, element),
      hitPolicy: oneOf<HitPolicy>(hitPolicies, element.attributes.get('hitPolicy')) ?? 'UNIQUE',
      aggregation: oneOf<Aggregation>(aggregations, element.attributes.get('aggregation')),
      outputLabel: element.attributes.get('outputLabel'),
      inputs: childrenOf(element, 'input').map((input) => inputOf(reader, input)),
      outputs: childrenOf(element, 'output').map((output) => outputOf(reader, output)),
      annotations: childrenOf(element, 'annotation').map(({ attributes }) => attributes.get('name') ?? ''),
      rules: childrenOf(element, 'rule').map((rule) => ruleOf(reader, rule)),
    }),
  )
