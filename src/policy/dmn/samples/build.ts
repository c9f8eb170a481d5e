import { businessDate, fixedClock } from '#base'
import { readDmn } from '../read/model.ts'
import type { JsonObject } from '../run/inputs.ts'
import { compileDmn, type DmnAnswer } from '../run/program.ts'

/** DMN 1.5's namespace, for the models of tests. */
export const dmn15 = 'https://www.omg.org/spec/DMN/20230324/MODEL/'

type About = { readonly name?: string; readonly namespace?: string; readonly xmlns?: string }

/** A whole model around what stands in it. */
export const aModel = (body: string, about: About = {}): string => {
  const { name = 'Sample', namespace = 'urn:sample', xmlns = dmn15 } = about
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="${xmlns}" xmlns:feel="https://www.omg.org/spec/DMN/20230324/FEEL/" namespace="${namespace}" name="${name}" id="m">
${body}
</definitions>`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** `<literalExpression>` around FEEL. */
export const feel = (text: string, typeRef?: string): string =>
  `<literalExpression${typeRef ? ` typeRef="${typeRef}"` : ''}><text>${escaped(text)}</text></literalExpression>`

const typed = (typeRef?: string): string => (typeRef ? ` typeRef="${typeRef}"` : '')

/** Input data whose id is its name without spaces. */
export const input = (name: string, typeRef?: string): string =>
  `<inputData id="${idOf(name)}" name="${name}"><variable name="${name}"${typed(typeRef)}/></inputData>`

const idOf = (name: string): string => name.replaceAll(' ', '_')

const hrefOf = (reference: string): string => (reference.includes('#') ? reference : `#${idOf(reference)}`)

type Needs = {
  readonly inputs?: readonly string[]
  readonly decisions?: readonly string[]
  readonly knowledge?: readonly string[]
}

const needed = ({ inputs = [], decisions = [], knowledge = [] }: Needs): string =>
  [
    ...decisions.map(
      (one) => `<informationRequirement><requiredDecision href="${hrefOf(one)}"/></informationRequirement>`,
    ),
    ...inputs.map(
      (one) => `<informationRequirement><requiredInput href="${hrefOf(one)}"/></informationRequirement>`,
    ),
    ...knowledge.map(
      (one) => `<knowledgeRequirement><requiredKnowledge href="${hrefOf(one)}"/></knowledgeRequirement>`,
    ),
  ].join('')

/** A decision whose id is its name without spaces. */
export const decision = (
  name: string,
  logic: string,
  needs: Needs & { readonly typeRef?: string } = {},
): string =>
  `<decision id="${idOf(name)}" name="${name}"><variable name="${name}"${typed(needs.typeRef)}/>${needed(needs)}${logic}</decision>`

/** A business knowledge model; parameters as `name` or `name: type`. */
export const knowledge = (
  name: string,
  parameters: readonly string[],
  body: string,
  needs: Needs & { readonly typeRef?: string } = {},
): string => {
  const formal = parameters.map((one) => {
    const [parameter = '', type] = one.split(': ')
    return `<formalParameter name="${parameter}"${typed(type)}/>`
  })
  return `<businessKnowledgeModel id="${idOf(name)}" name="${name}"><variable name="${name}"${typed(needs.typeRef)}/><encapsulatedLogic>${formal.join('')}${body}</encapsulatedLogic>${needed(needs)}</businessKnowledgeModel>`
}

/** The program of some models; the first is the main one. */
export const programOf = (main: string, ...imports: readonly string[]) =>
  compileDmn(
    readDmn(main, 'main.dmn'),
    imports.map((text, at) => readDmn(text, `import-${at + 1}.dmn`)),
    { clock: fixedClock(businessDate('2026-05-01')) },
  )

/** What a model answers to one line. */
export const answerTo = (main: string, inputs: JsonObject = {}, invoke?: string): DmnAnswer =>
  programOf(main).answer({ inputs, ...(invoke === undefined ? {} : { invoke }) })

/** The results alone. */
export const resultsTo = (main: string, inputs: JsonObject = {}, invoke?: string) =>
  answerTo(main, inputs, invoke).results
