import { expect, test } from 'vitest'
import { aModel, decision, feel, input, knowledge, programOf, resultsTo } from '../samples/build.ts'
import type { Json, JsonObject } from './inputs.ts'

const types = `
<itemDefinition name="tNums" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tAdult"><typeRef>number</typeRef><allowedValues><text>&gt;= 18</text></allowedValues></itemDefinition>
<itemDefinition name="tSum"><functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/><parameters name="b" typeRef="number"/></functionItem></itemDefinition>
<itemDefinition name="tHelp"><functionItem outputTypeRef="number"><parameters name="income" typeRef="number"/></functionItem></itemDefinition>`

type Call = readonly [parameters: readonly string[], body: string, call: string, value: Json]

test.each<Call>([
  [['x', 'y'], 'x - y', 'f(y: 1, x: 3)', 2],
  [['x', 'y'], 'x', 'f(1)', null],
  [['x', 'y'], 'x', 'f(x: 1)', 1],
  [['x'], 'x', 'f(1, 2)', null],
  [['x'], 'x', 'f(z: 2)', null],
  [['x: number'], 'x', 'f("a")', null],
  [['x: tNums'], 'count(x)', 'f(5)', 1],
  [['x: number'], 'x', 'f([5])', 5],
  [['x: date and time'], 'x.hour', 'f(@"2020-01-01")', 0],
  [['x: tAdult'], 'x', 'f(5)', null],
  [['x: number'], 'x = null', 'f(null)', true],
  [['x', 'y'], 'x > y', 'sort([1,3,2], f)', [3, 2, 1]],
  [['x'], 'x * 2', 'for i in [1,2] return f(i)', [2, 4]],
  [['x'], 'x > 1', '[1,2][f(item)]', [2]],
  [['x', 'y'], 'x = 1', 'list replace([1,2], f, 9)', [9, 2]],
  [['x'], 'x + a', 'f(1)', null],
  [['x'], 'function(y) x + y', 'f(1)(2)', 3],
  [['n'], 'if n <= 1 then 1 else n * f(n - 1)', 'f(5)', 120],
])('a knowledge model of %j giving %s: %s', (parameters, body, call, value) => {
  const model = aModel(
    types +
      input('a') +
      knowledge('f', parameters, feel(body), { knowledge: ['f'] }) +
      decision('it', feel(call), { knowledge: ['f'], inputs: ['a'] }),
  )
  expect(resultsTo(model, { a: 5 }).it).toEqual(value)
})

test('what Java would compute is null, and the rest of the model answers', () => {
  const java = `<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic kind="Java"><formalParameter name="x"/>${feel('1')}</encapsulatedLogic></businessKnowledgeModel><businessKnowledgeModel id="g" name="g"><variable name="g"/></businessKnowledgeModel>`
  const boxed = `<context><contextEntry><variable name="cos"/><functionDefinition kind="Java"><formalParameter name="x"/>${feel('1')}</functionDefinition></contextEntry><contextEntry><variable name="v"/>${feel('cos(1)')}</contextEntry><contextEntry>${feel('[v, 2]')}</contextEntry></context>`
  const model = aModel(
    java +
      decision('it', feel('f(1)'), { knowledge: ['f'] }) +
      decision('whether', feel('if f(1) = null then "none" else "some"'), { knowledge: ['f'] }) +
      decision('empty', feel('g(1)'), { knowledge: ['g'] }) +
      decision('boxed', boxed) +
      decision('sound', feel('1')),
  )
  expect(resultsTo(model)).toEqual({ it: null, whether: 'none', empty: null, boxed: [null, 2], sound: 1 })
})

const service = (name: string, parts: Readonly<Record<string, readonly string[]>>, typeRef = '') =>
  `<decisionService id="${name}" name="${name}"><variable name="${name}"${typeRef && ` typeRef="${typeRef}"`}/>${Object.entries(
    parts,
  )
    .flatMap(([part, names]) => names.map((one) => `<${part} href="#${one}"/>`))
    .join('')}</decisionService>`

const asked = (call: string, typeRef = ''): Json => {
  const model = aModel(
    types +
      input('income', 'number') +
      decision('gap', feel('1000 - income'), { inputs: ['income'] }) +
      decision('help', feel('gap * 2'), { decisions: ['gap'] }) +
      decision('it', feel(call), { knowledge: ['S', 'U', 'V'] }) +
      service(
        'S',
        { outputDecision: ['help'], encapsulatedDecision: ['gap'], inputData: ['income'] },
        typeRef,
      ) +
      service('U', { outputDecision: ['help'], inputDecision: ['gap'] }) +
      service('V', { outputDecision: ['help', 'gap'], inputData: ['income'] }),
  )
  return resultsTo(model, { income: 1 }).it as Json
}

const calls: readonly (readonly [call: string, value: Json, typeRef?: string])[] = [
  ['S(500)', 1000],
  ['S(income: 500)', 1000],
  ['S()', null],
  ['S(1, 2)', null],
  ['S(foo: 1)', null],
  ['S("x")', null],
  ['S(null)', null],
  ['S([500])', 1000],
  ['S(500)', 1000, 'number'],
  ['S(500)', null, 'string'],
  ['S(500)', 1000, 'tHelp'],
  ['U(7)', 14],
  ['U(gap: 7)', 14],
  ['V(900)', { help: 200, gap: 100 }],
  ['V(900).gap + 1', 101],
  ['for i in [800, 900] return S(i)', [400, 200]],
  ['(function(f) f(500))(S)', 1000],
]

test.each(calls.map(([call, value, typeRef = '']) => [call, value, typeRef] as const))(
  'a decision service is a function: %s',
  (call, value, typeRef) => {
    expect(asked(call, typeRef)).toEqual(value)
  },
)

test('a service that is invoked reads its inputs by name, by their types, and with its knowledge models', () => {
  const model = aModel(
    input('day', 'date') +
      knowledge('next', ['x'], feel('x + 1')) +
      decision('year', feel('next(day.year)'), { inputs: ['day'], knowledge: ['next'] }) +
      service('S', { outputDecision: ['year'], inputData: ['day'] }) +
      decision(
        'boxed',
        `<invocation>${feel('S')}<binding><parameter name="day"/>${feel('@"1999-01-01"')}</binding></invocation>`,
        {
          knowledge: ['S'],
        },
      ),
  )
  expect(resultsTo(model, { day: '2020-01-01' }, 'S')).toEqual({ year: 2021, S: 2021 })
  expect(resultsTo(model, {}, 'boxed')).toEqual({ boxed: 2000 })
  expect(resultsTo(model, { x: 1 }, 'next')).toEqual({ next: 2 })
})

const library = aModel(
  `<itemDefinition name="tDay"><typeRef>date</typeRef></itemDefinition><itemDefinition name="tPair"><itemComponent name="on day"><typeRef>tDay</typeRef></itemComponent></itemDefinition>` +
    input('rate', 'number') +
    input('day', 'tDay') +
    decision('twice', feel('rate * 2'), { inputs: ['rate'] }) +
    knowledge('add', ['x: number', 'y: number'], feel('x + y')) +
    service('Sv', { outputDecision: ['twice'], inputData: ['rate'] }),
  { name: 'Lib', namespace: 'urn:lib' },
)

const bind = (name: string, text: string) => `<binding><parameter name="${name}"/>${feel(text)}</binding>`

type Imported = readonly [about: string, name: string, body: string, inputs: JsonObject, value: Json]

test.each<Imported>([
  ['a function', 'lib', decision('it', feel('lib.add(1, 2)'), { knowledge: ['urn:lib#add'] }), {}, 3],
  ['by name', 'lib', decision('it', feel('lib.add(y: 1, x: 2)'), { knowledge: ['urn:lib#add'] }), {}, 3],
  [
    'by a box',
    'lib',
    decision('it', `<invocation>${feel('lib.add')}${bind('x', '1')}${bind('y', '5')}</invocation>`, {
      knowledge: ['urn:lib#add'],
    }),
    {},
    6,
  ],
  ['a service', 'lib', decision('it', feel('lib.Sv(rate: 5)'), { knowledge: ['urn:lib#Sv'] }), {}, 10],
  [
    'its input by a dotted name',
    'lib',
    decision('it', feel('lib.twice + 1'), { decisions: ['urn:lib#twice'] }),
    { 'lib.rate': 4 },
    9,
  ],
  [
    'its input',
    'lib',
    decision('it', feel('lib.day.year'), { inputs: ['urn:lib#day'] }),
    { lib: { day: '2020-01-01' } },
    2020,
  ],
  [
    'under a name with spaces and dots',
    'my lib v1.0',
    decision('it', feel('my lib v1.0.add(1, 2)'), { knowledge: ['urn:lib#add'] }),
    {},
    3,
  ],
  [
    'its type',
    'lib',
    `<itemDefinition name="tL" isCollection="true"><typeRef>lib.tPair</typeRef></itemDefinition>${input('p', 'tL')}${decision('it', feel('p[1].on day.year'), { inputs: ['p'] })}`,
    { p: [{ 'on day': '2020-01-01' }] },
    2020,
  ],
  ['its type in FEEL', 'lib', decision('it', feel('@"2020-01-01" instance of lib.tDay')), {}, true],
  ['its type for a parameter', 'lib', decision('it', feel('(function(x: lib.tDay) x)("a")')), {}, null],
])('an imported model lends %s', (_, name, body, inputs, value) => {
  const main = aModel(
    `<import name="${name}" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>${body}`,
  )
  expect(programOf(main, library).answer({ inputs }).results).toEqual({ it: value })
})

test.each([
  ['http://www.omg.org/spec/DMN/20151101/dmn.xsd', 'http://www.omg.org/spec/FEEL/20140401'],
  ['http://www.omg.org/spec/DMN/20180521/MODEL/', 'http://www.omg.org/spec/DMN/20180521/FEEL/'],
  ['https://www.omg.org/spec/DMN/20191111/MODEL/', 'https://www.omg.org/spec/DMN/20191111/FEEL/'],
  ['https://www.omg.org/spec/DMN/20211108/MODEL/', 'https://www.omg.org/spec/DMN/20211108/FEEL/'],
  ['https://www.omg.org/spec/DMN/20230324/MODEL/', 'https://www.omg.org/spec/DMN/20230324/FEEL/'],
])('a model of %s with prefixes everywhere', (namespace, language) => {
  const text = `<dmn:definitions xmlns:dmn="${namespace}" xmlns:feel="${language}" xmlns:tns="urn:v" namespace="urn:v" name="V" id="v" xmlns="urn:other">
    <dmn:itemDefinition name="tN" isCollection="true"><dmn:typeRef>feel:number</dmn:typeRef></dmn:itemDefinition>
    <dmn:inputData id="a" name="a"><dmn:variable name="a" typeRef="tns:tN"/></dmn:inputData>
    <dmn:decision id="it" name="it"><dmn:variable name="it" typeRef="feel:number"/><dmn:informationRequirement><dmn:requiredInput href="#a"/></dmn:informationRequirement><dmn:literalExpression><dmn:text>sum(a)</dmn:text></dmn:literalExpression></dmn:decision></dmn:definitions>`
  expect(resultsTo(text, { a: ['1', 2] })).toEqual({ it: 3 })
})
