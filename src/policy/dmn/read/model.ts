import { Refusal } from '#base'
import type {
  Decision,
  DecisionService,
  DmnImport,
  DmnModel,
  DmnSource,
  InputData,
  ItemDefinition,
  KnowledgeModel,
  Reference,
} from '../model/model.ts'
import { expressionIn, functionOf, variableOf } from './expression.ts'
import {
  childOf,
  childrenOf,
  childText,
  commonOf,
  isDmnNamespace,
  nameOf,
  noted,
  present,
  type Reader,
  referenceOf,
  typeNameOf,
  typeRefOf,
} from './reader.ts'
import { BrokenXml, readXml, type XmlElement } from './xml.ts'

/**
 * Reads a model of DMN 1.1 to 1.5. Refuses `policy.dmn-broken` (no well-formed XML) and `policy.dmn-foreign` (XML of
 * something else), both with file and line. What is inside expressions is looked at when the model is compiled.
 */
export const readDmn = (text: string, file: string): DmnSource => {
  const root = rootOf(text, file)
  if (root.name !== 'definitions' || !isDmnNamespace(root.uri))
    throw new Refusal('policy.dmn-foreign', { file, line: root.line, element: root.name })
  const imports = childrenOf(root, 'import').map(importOf)
  const namespace = root.attributes.get('namespace') ?? ''
  const reader: Reader = { namespace, imports, lines: new Map() }
  for (const [at, element] of childrenOf(root, 'import').entries()) {
    const one = imports[at]
    if (one) noted(reader, element, one)
  }
  return { file, model: modelOf(reader, root), lines: reader.lines }
}

const rootOf = (text: string, file: string): XmlElement => {
  try {
    return readXml(text)
  } catch (error) {
    if (!(error instanceof BrokenXml)) throw error
    const { message: reason, line, column } = error
    throw new Refusal('policy.dmn-broken', { file, line, column, reason })
  }
}

const modelOf = (reader: Reader, root: XmlElement): DmnModel => {
  const { id, description } = commonOf(root)
  const all = <T extends object>(name: string, read: (reader: Reader, element: XmlElement) => T): T[] =>
    childrenOf(root, name).map((element) => noted(reader, element, read(reader, element)))
  return present({
    name: nameOf(root),
    namespace: reader.namespace,
    id,
    description,
    expressionLanguage: root.attributes.get('expressionLanguage'),
    imports: reader.imports,
    types: all('itemDefinition', itemDefinitionOf),
    inputs: all('inputData', inputDataOf),
    decisions: all('decision', decisionOf),
    knowledge: all('businessKnowledgeModel', knowledgeOf),
    services: all('decisionService', serviceOf),
  })
}

const importOf = (element: XmlElement): DmnImport =>
  present({
    name: nameOf(element),
    namespace: element.attributes.get('namespace') ?? '',
    type: element.attributes.get('importType') ?? '',
    location: element.attributes.get('locationURI'),
  })

const testsOf = (element: XmlElement, name: string): string | undefined => {
  const tests = childOf(element, name)
  return tests && (childText(tests, 'text') ?? '')
}

const itemDefinitionOf = (reader: Reader, element: XmlElement): ItemDefinition => {
  const item = childOf(element, 'functionItem')
  const typeRef = childOf(element, 'typeRef')
  return noted(
    reader,
    element,
    present({
      ...commonOf(element),
      name: nameOf(element),
      isCollection: element.attributes.get('isCollection')?.trim() === 'true',
      typeRef: typeRef ? typeNameOf(reader, typeRef, typeRef.text) : typeRefOf(reader, element),
      allowedValues: testsOf(element, 'allowedValues'),
      typeConstraint: testsOf(element, 'typeConstraint'),
      components: childrenOf(element, 'itemComponent').map((one) => itemDefinitionOf(reader, one)),
      functionItem:
        item &&
        present({
          parameters: childrenOf(item, 'parameters').map((one) => variableOf(reader, one)),
          result: typeRefOf(reader, item, 'outputTypeRef'),
        }),
    }),
  )
}

/** Id and name; an element without an id is known by its name. */
const namedOf = (reader: Reader, element: XmlElement) => {
  const name = nameOf(element)
  const variable = childOf(element, 'variable')
  const read = variable ? variableOf(reader, variable) : { name }
  return {
    ...commonOf(element),
    id: element.attributes.get('id') ?? name,
    name,
    variable: read.name === '' ? { ...read, name } : read,
  }
}

const inputDataOf = (reader: Reader, element: XmlElement): InputData => namedOf(reader, element)

/** The references of one kind of requirement: `<knowledgeRequirement><requiredKnowledge href="#…"/>`. */
const requiredOf = (
  reader: Reader,
  element: XmlElement,
  requirement: string,
  required: string,
): readonly Reference[] =>
  childrenOf(element, requirement).flatMap((one) =>
    childrenOf(one, required).map((inner) => referenceOf(reader, inner)),
  )

const decisionOf = (reader: Reader, element: XmlElement): Decision =>
  present({
    ...namedOf(reader, element),
    question: childText(element, 'question'),
    allowedAnswers: childText(element, 'allowedAnswers'),
    inputs: requiredOf(reader, element, 'informationRequirement', 'requiredInput'),
    decisions: requiredOf(reader, element, 'informationRequirement', 'requiredDecision'),
    knowledge: requiredOf(reader, element, 'knowledgeRequirement', 'requiredKnowledge'),
    logic: expressionIn(reader, element),
  })

const knowledgeOf = (reader: Reader, element: XmlElement): KnowledgeModel => {
  const logic = childOf(element, 'encapsulatedLogic')
  return present({
    ...namedOf(reader, element),
    knowledge: requiredOf(reader, element, 'knowledgeRequirement', 'requiredKnowledge'),
    logic: logic && noted(reader, logic, functionOf(reader, logic)),
  })
}

const serviceOf = (reader: Reader, element: XmlElement): DecisionService => {
  const all = (name: string): readonly Reference[] =>
    childrenOf(element, name).map((one) => referenceOf(reader, one))
  return {
    ...namedOf(reader, element),
    outputs: all('outputDecision'),
    encapsulated: all('encapsulatedDecision'),
    inputDecisions: all('inputDecision'),
    inputs: all('inputData'),
  }
}
