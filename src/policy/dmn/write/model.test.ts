import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { DmnModel } from '../model/model.ts'
import { readDmn } from '../read/model.ts'
import { aModel, decision, feel, input, knowledge } from '../samples/build.ts'
import { writeDmn } from './model.ts'

const again = (model: DmnModel): DmnModel => readDmn(writeDmn(model), 'again.dmn').model

const tests = (name: string, text: string): string => `<${name}><text>${text}</text></${name}>`
const part = (name: string, text: string): string => `<${name}>${feel(text)}</${name}>`
const bind = `<binding><parameter name="n" typeRef="number"/>${feel('1')}</binding>`

const boxes: Readonly<Record<string, string>> = {
  table: `<decisionTable id="t" hitPolicy="COLLECT" aggregation="SUM" outputLabel="sum" typeRef="number">
      <input id="i" label="how much"><inputExpression typeRef="number"><text>a</text></inputExpression>${tests('inputValues', '[0..9]')}</input>
      <output name="o" typeRef="number">${tests('outputValues', '1, 2')}${`<defaultOutputEntry><text>2</text></defaultOutputEntry>`}</output>
      <annotation name="why"/>
      <rule id="r"><description>first</description>${tests('inputEntry', '&lt; 3')}${tests('outputEntry', '1')}${tests('annotationEntry', 'because')}</rule>
    </decisionTable>`,
  invocation: `<invocation>${feel('twice')}${bind}</invocation>`,
  context: `<context><contextEntry><variable name="x y" typeRef="number"/>${feel('1')}</contextEntry><contextEntry>${feel('x y')}</contextEntry></context>`,
  list: `<list>${feel('1')}<list>${feel('2')}</list></list>`,
  relation: `<relation><column name="c" typeRef="string"/><row>${feel('"x"')}</row></relation>`,
  function: `<functionDefinition kind="FEEL"><formalParameter name="n" typeRef="number"/>${feel('n')}</functionDefinition>`,
  conditional: `<conditional>${part('if', 'a < 1')}${part('then', '1')}${part('else', '2')}</conditional>`,
  for: `<for iteratorVariable="i"><in typeRef="tList">${feel('[1]')}</in>${part('return', 'i')}</for>`,
  every: `<every iteratorVariable="i">${part('in', '[1]')}${part('satisfies', 'i > 0')}</every>`,
  some: `<some iteratorVariable="i">${part('in', '[1]')}${part('satisfies', 'i > 0')}</some>`,
  filter: `<filter label="those">${part('in', '[1]')}${part('match', 'item > 0')}</filter>`,
  elsewhere: `<literalExpression expressionLanguage="urn:py"><importedValues namespace="urn:x" importType="csv"/></literalExpression>`,
}

const whole = aModel(
  `<description>with "all" &amp; everything</description>
   <import name="lib" namespace="urn:lib" importType="urn:type" locationURI="lib.dmn"/>
   <itemDefinition id="t1" name="tList" label="list" isCollection="true"><typeRef>number</typeRef>${tests('allowedValues', '&lt; 5')}${tests('typeConstraint', 'count(?) > 0')}</itemDefinition>
   <itemDefinition name="tBoth"><itemComponent name="a b"><typeRef>lib.tX</typeRef></itemComponent></itemDefinition>
   <itemDefinition name="tFunction"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/></functionItem></itemDefinition>` +
    input('a', 'number') +
    knowledge('twice', ['n: number'], feel('n * 2'), { typeRef: 'number', knowledge: ['urn:lib#other'] }) +
    Object.entries(boxes)
      .map(([name, box]) =>
        decision(`${name} box`, box, { inputs: ['a'], knowledge: ['twice'], typeRef: 'Any' }),
      )
      .join('') +
    `<decision id="asked" name="asked"><question>May she?</question><allowedAnswers>yes, no</allowedAnswers><variable name="asked"/></decision>
     <decisionService id="s" name="S"><variable name="S" typeRef="tFunction"/><outputDecision href="#asked"/><encapsulatedDecision href="#list_box"/><inputDecision href="urn:lib#d"/><inputData href="#a"/></decisionService>`,
)

test('every part of a model that is read is written, and read again equal', () => {
  const { model } = readDmn(whole, 'whole.dmn')
  expect(model.decisions).toHaveLength(Object.keys(boxes).length + 1)
  for (const { name, logic } of model.decisions) if (name !== 'asked') expect(logic, name).toBeDefined()
  expect(again(model)).toEqual(model)
})

test('what is written is DMN 1.5', () => {
  expect(writeDmn(readDmn(whole, 'whole.dmn').model)).toContain(
    '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"',
  )
})

// XML has no place for control characters and lone surrogates.
const text = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
  .filter((one) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/u.test(one))

property.prop([text, text])('any text of an expression and any label survives', (expression, label) => {
  const { model } = readDmn(aModel(decision('it', feel('1'))), 'x.dmn')
  const [first] = model.decisions
  if (!first) return
  const decisions = [{ ...first, label, logic: { kind: 'literal' as const, text: expression } }]
  expect(again({ ...model, decisions })).toEqual({ ...model, decisions })
})
