import { expect, test } from 'vitest'
import { aModel, answerTo, decision, feel, input, knowledge, resultsTo } from '../samples/build.ts'

const tests = (name: string, text: string): string =>
  `<${name}><text>${text.replaceAll('<', '&lt;')}</text></${name}>`

const types = `
  <itemDefinition name="tGrade"><typeRef>string</typeRef>${tests('allowedValues', '"red", "orange"')}</itemDefinition>
  <itemDefinition name="tGrades" isCollection="true"><typeRef>string</typeRef>${tests('allowedValues', '"red", "orange"')}</itemDefinition>
  <itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>${tests('typeConstraint', 'count(?) < 3')}</itemDefinition>
  <itemDefinition name="tPerson">
    <itemComponent name="name"><typeRef>string</typeRef></itemComponent>
    <itemComponent name="born on"><typeRef>date</typeRef></itemComponent>
    <itemComponent name="children" isCollection="true"><typeRef>tPerson</typeRef></itemComponent>
  </itemDefinition>
  <itemDefinition name="tAdd"><functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/></functionItem></itemDefinition>`

const decided = (text: string, typeRef: string) =>
  answerTo(aModel(types + decision('it', feel(text), { typeRef })))

test('a result becomes what its variable declares, or null with a problem', () => {
  expect(decided('[5]', 'number').results.it).toBe(5)
  expect(decided('5', 'tFew').results.it).toEqual([5])
  expect(decided('date("2026-05-01")', 'date and time').results.it).toBe('2026-05-01T00:00:00Z')
  const wrong = decided('"five"', 'number')
  expect(wrong.results.it).toBeNull()
  expect(wrong.problems).toMatchObject([{ code: 'dmn.wrong-type' }])
})

test('a knowledge model without a type of its own gives what its body declares, or null', () => {
  const calls = '[listed(1), listed("x"), single([1]), single(["x"]), own("x")]'
  const model = aModel(
    types +
      knowledge('listed', ['of'], feel('of', 'tFew')) +
      knowledge('single', ['of'], feel('of', 'number')) +
      knowledge('own', ['of'], feel('of', 'number'), { typeRef: 'string' }) +
      decision('it', feel(calls), { knowledge: ['listed', 'single', 'own'] }),
  )
  expect(resultsTo(model).it).toEqual([[1], null, 1, null, 'x'])
})

test('allowed values bind single values and the items of collections; a constraint binds the whole', () => {
  expect(decided('"red"', 'tGrade').results.it).toBe('red')
  expect(decided('"green"', 'tGrade').results.it).toBeNull()
  expect(decided('["red", "orange"]', 'tGrades').results.it).toEqual(['red', 'orange'])
  expect(decided('["red", "green"]', 'tGrades').results.it).toBeNull()
  expect(decided('[1, 2]', 'tFew').results.it).toEqual([1, 2])
  expect(decided('[1, 2, 3]', 'tFew').results.it).toBeNull()
})

test('inputs are read as their types say: ISO texts become dates, members left out are null', () => {
  const model = aModel(
    types +
      input('applicant', 'tPerson') +
      input('plain') +
      decision('years', feel('applicant.born on.year'), { inputs: ['applicant'] }) +
      decision('of child', feel('applicant.children[1].born on.year'), { inputs: ['applicant'] }) +
      decision('text', feel('plain instance of string'), { inputs: ['plain'] }) +
      decision('whole', feel('applicant = null'), { inputs: ['applicant'] }),
  )
  const applicant = { name: 'Li', 'born on': '1980-05-01', children: [{ 'born on': '2010-01-01' }] }
  expect(resultsTo(model, { applicant, plain: '2026-05-01' })).toEqual({
    years: 1980,
    'of child': 2010,
    text: true,
    whole: false,
  })
  expect(resultsTo(model, { applicant: { 'born on': 7 } }).whole).toBe(true)
})

test('numbers leave as JSON numbers where a double carries them, else as texts', () => {
  expect(decided('0.1 + 0.2', 'number').results.it).toBe(0.3)
  expect(decided('12345678901234567890.5', 'number').results.it).toBe('12345678901234567890.5')
  const model = aModel(input('a', 'number') + decision('it', feel('a + 1'), { inputs: ['a'] }))
  expect(resultsTo(model, { a: { '@number': '9007199254740993' } }).it).toBe(9007199254740994)
  expect(resultsTo(model, { a: '9007199254740992' }).it).toBe('9007199254740993')
})

test('arguments and results of knowledge models are coerced too', () => {
  const model = aModel(
    knowledge('twice', ['n: number'], feel('n * 2'), { typeRef: 'number' }) +
      knowledge('spelled', ['n: number'], feel('string(n)'), { typeRef: 'number' }) +
      decision('from a list', feel('twice([4])'), { knowledge: ['twice'] }) +
      decision('from a text', feel('twice("4")'), { knowledge: ['twice'] }) +
      decision('of a wrong result', feel('spelled(4)'), { knowledge: ['spelled'] }),
  )
  expect(resultsTo(model)).toEqual({ 'from a list': 8, 'from a text': null, 'of a wrong result': null })
})

test('a function may be a value with a type', () => {
  const model = aModel(
    types +
      decision('adder', feel('function(x: number) x + 1'), { typeRef: 'tAdd' }) +
      decision('it', feel('adder(2)'), { decisions: ['adder'] }),
  )
  expect(resultsTo(model)).toEqual({ adder: 'function(x)', it: 3 })
})

test('types may contain themselves, also by nothing but another name', () => {
  const circle = `<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition><itemDefinition name="tB"><typeRef>tA</typeRef></itemDefinition>`
  expect(resultsTo(aModel(circle + decision('it', feel('1'), { typeRef: 'tA' }))).it).toBe(1)
})
