import type {
  Decision,
  DecisionService,
  DmnModel,
  InputData,
  ItemDefinition,
  KnowledgeModel,
  Reference,
} from '../model/model.ts'
import { expressionPart, functionPart, testsPart, variablePart } from './expression.ts'
import { type XmlPart, xmlText } from './xml.ts'

/** DMN 1.5's namespace of models. */
const namespace = 'https://www.omg.org/spec/DMN/20230324/MODEL/'

/** Writes a model as DMN 1.5; reading it again gives an equal model. */
export const writeDmn = (model: DmnModel): string =>
  xmlText({
    name: 'definitions',
    attributes: {
      xmlns: namespace,
      namespace: model.namespace,
      name: model.name,
      id: model.id,
      expressionLanguage: model.expressionLanguage,
    },
    children: [
      description(model),
      ...model.imports.map(({ name, namespace: of, type, location }) => ({
        name: 'import',
        attributes: { name, namespace: of, importType: type, locationURI: location },
      })),
      ...model.types.map((type) => typePart(type, 'itemDefinition')),
      ...model.inputs.map((one) => named('inputData', one, [])),
      ...model.knowledge.map(knowledgePart),
      ...model.decisions.map(decisionPart),
      ...model.services.map(servicePart),
    ],
  })

const description = (element: { readonly description?: string }): XmlPart | undefined =>
  element.description === undefined ? undefined : { name: 'description', text: element.description }

const typePart = (type: ItemDefinition, name: string): XmlPart => ({
  name,
  attributes: {
    id: type.id,
    name: type.name,
    label: type.label,
    isCollection: type.isCollection ? 'true' : undefined,
  },
  children: [
    description(type),
    type.typeRef === undefined ? undefined : { name: 'typeRef', text: type.typeRef },
    testsPart('allowedValues', type.allowedValues),
    testsPart('typeConstraint', type.typeConstraint),
    ...type.components.map((one) => typePart(one, 'itemComponent')),
    type.functionItem && {
      name: 'functionItem',
      attributes: { outputTypeRef: type.functionItem.result },
      children: type.functionItem.parameters.map((one) => variablePart('parameters', one)),
    },
  ],
})

const named = (name: string, element: InputData, children: readonly (XmlPart | undefined)[]): XmlPart => ({
  name,
  attributes: { id: element.id, name: element.name, label: element.label },
  children: [description(element), variablePart('variable', element.variable), ...children],
})

const hrefPart = (name: string, { namespace: of = '', id }: Reference): XmlPart => ({
  name,
  attributes: { href: `${of}#${id}` },
})

const required = (requirement: string, name: string, references: readonly Reference[]): readonly XmlPart[] =>
  references.map((reference) => ({ name: requirement, children: [hrefPart(name, reference)] }))

const knowledgePart = (model: KnowledgeModel): XmlPart =>
  named('businessKnowledgeModel', model, [
    model.logic && functionPart(model.logic, 'encapsulatedLogic'),
    ...required('knowledgeRequirement', 'requiredKnowledge', model.knowledge),
  ])

const decisionPart = (decision: Decision): XmlPart => {
  const { variable, question, allowedAnswers, inputs, decisions, knowledge, logic } = decision
  return {
    name: 'decision',
    attributes: { id: decision.id, name: decision.name, label: decision.label },
    children: [
      description(decision),
      question === undefined ? undefined : { name: 'question', text: question },
      allowedAnswers === undefined ? undefined : { name: 'allowedAnswers', text: allowedAnswers },
      variablePart('variable', variable),
      ...required('informationRequirement', 'requiredDecision', decisions),
      ...required('informationRequirement', 'requiredInput', inputs),
      ...required('knowledgeRequirement', 'requiredKnowledge', knowledge),
      expressionPart(logic),
    ],
  }
}

const servicePart = (service: DecisionService): XmlPart =>
  named('decisionService', service, [
    ...service.outputs.map((one) => hrefPart('outputDecision', one)),
    ...service.encapsulated.map((one) => hrefPart('encapsulatedDecision', one)),
    ...service.inputDecisions.map((one) => hrefPart('inputDecision', one)),
    ...service.inputs.map((one) => hrefPart('inputData', one)),
  ])
