import { expect, test } from 'vitest'
import { Refusal } from '#base'
import { readDmn } from '../read/model.ts'
import { aModel, answerTo, decision, feel, input, knowledge, programOf, resultsTo } from '../samples/build.ts'
import { compileDmn } from './program.ts'

const service = (name: string, parts: Readonly<Record<string, readonly string[]>>): string =>
  `<decisionService id="${name}" name="${name}"><variable name="${name}"/>${Object.entries(parts)
    .flatMap(([part, names]) => names.map((one) => `<${part} href="#${one.replaceAll(' ', '_')}"/>`))
    .join('')}</decisionService>`

const helping = aModel(
  input('income', 'number') +
    decision('gap', feel('1000 - income'), { inputs: ['income'] }) +
    decision('help', feel('if gap > 0 then gap else 0'), { decisions: ['gap'] }) +
    decision('both', feel('Helping(300, 1) + Helping(gap: 5, income: 2)'), { knowledge: ['Helping'] }) +
    decision('named', feel('Twofold(100).help'), { knowledge: ['Twofold'] }) +
    service('Helping', { outputDecision: ['help'], inputDecision: ['gap'], inputData: ['income'] }) +
    service('Twofold', { outputDecision: ['gap', 'help'], inputData: ['income'] }),
)

test('without a name all decisions answer; with one, that decision, service or knowledge model', () => {
  expect(resultsTo(helping, { income: 400 })).toEqual({ gap: 600, help: 600, both: 6, named: 900 })
  expect(resultsTo(helping, { income: 400 }, 'help')).toEqual({ help: 600 })
  expect(resultsTo(helping, { income: 400 }, 'Sample')).toMatchObject({ gap: 600, help: 600 })
  const model = aModel(knowledge('share', ['a', 'b'], feel('a / b')))
  expect(resultsTo(model, { a: 1, b: 4 }, 'share')).toEqual({ share: 0.25 })
})

test('a service knows only what it is handed, input data before input decisions', () => {
  expect(resultsTo(helping, { income: 400, gap: 7 }, 'Helping')).toEqual({ help: 7, Helping: 7 })
  expect(resultsTo(helping, { income: 400 }, 'Helping')).toEqual({ help: 0, Helping: 0 })
  expect(resultsTo(helping, { income: 400 }, 'Twofold')).toEqual({
    gap: 600,
    help: 600,
    Twofold: { gap: 600, help: 600 },
  })
})

test('a value given for a decision stands in its place', () => {
  expect(resultsTo(helping, { income: 400, gap: 7 }, 'help')).toEqual({ help: 7 })
})

test('knowledge models see what they require, and may call each other', () => {
  const model = aModel(
    knowledge('paired', ['n'], feel('if n = 0 then true else single one(n - 1)'), {
      knowledge: ['single one'],
    }) +
      knowledge('single one', ['n'], feel('if n = 0 then false else paired(n - 1)'), {
        knowledge: ['paired'],
      }) +
      decision('it', feel('paired(10)'), { knowledge: ['paired'] }) +
      decision('not required', feel('paired(10)')),
  )
  expect(resultsTo(model)).toMatchObject({ it: true, 'not required': null })
})

test('decisions that require each other fail, and so does what requires them', () => {
  const model = aModel(
    decision('a', feel('b'), { decisions: ['b'] }) +
      decision('b', feel('a'), { decisions: ['a'] }) +
      decision('c', feel('a'), { decisions: ['a'] }) +
      decision('d', feel('1')),
  )
  expect(resultsTo(model)).toMatchObject({
    a: { error: { code: 'dmn.cycle', en: expect.stringContaining('a → b → a (main.dmn, line 3)') } },
    b: { error: { code: 'dmn.cycle' } },
    c: { error: { code: 'dmn.required-failed' } },
    d: 1,
  })
})

test('a circle through a service is found, and none where the service is handed the decision', () => {
  const through = (parts: Readonly<Record<string, readonly string[]>>) =>
    resultsTo(
      aModel(
        decision('a', feel('S(1)'), { knowledge: ['S'] }) +
          decision('b', feel('a + 1'), { decisions: ['a'] }) +
          service('S', parts),
      ),
    ).a
  expect(through({ outputDecision: ['b'] })).toMatchObject({ error: { code: 'dmn.cycle' } })
  expect(through({ outputDecision: ['b'], inputDecision: ['a'] })).toBe(2)
})

test('what cannot be read or found fails that decision alone', () => {
  const model = aModel(
    decision('broken', feel('1 + * 2')) +
      decision('after', feel('broken'), { decisions: ['broken'] }) +
      decision('dangling', feel('x'), { inputs: ['nowhere'] }) +
      decision('sound', feel('1')) +
      decision('empty', ''),
  )
  expect(resultsTo(model)).toMatchObject({
    broken: { error: { code: 'dmn.broken-expression', en: expect.stringContaining('line 3') } },
    after: { error: { code: 'dmn.required-failed' } },
    dangling: { error: { code: 'dmn.unknown-reference', en: expect.stringContaining('#nowhere') } },
    sound: 1,
    empty: null,
  })
  expect(resultsTo(model, {}, 'nothing')).toMatchObject({
    nothing: { error: { code: 'dmn.unknown-invocable' } },
  })
})

test('a recursion without end stops with null, not the program', () => {
  const model = aModel(
    knowledge('again', ['n'], feel('again(n + 1)'), { knowledge: ['again'] }) +
      decision('it', feel('again(1)'), { knowledge: ['again'] }),
  )
  const { results } = answerTo(model)
  expect([null, 'dmn.too-deep']).toContain(
    results.it === null ? null : (results.it as { error: { code: string } }).error.code,
  )
})

const imported = (name: string, namespace: string): string =>
  `<import name="${name}" namespace="${namespace}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`

const library = aModel(
  `<itemDefinition name="tName"><itemComponent name="first name"><typeRef>string</typeRef></itemComponent></itemDefinition>
   <itemDefinition name="tDay"><typeRef>date</typeRef></itemDefinition>` +
    input('person', 'tName') +
    knowledge('say hello', ['p: tName'], feel('"Hello " + p.first name')) +
    decision('greeting', feel('say hello(person)'), { inputs: ['person'], knowledge: ['say hello'] }),
  { name: 'Library', namespace: 'urn:library' },
)

test('elements and types of an imported model stand under its name', () => {
  const main = aModel(
    imported('lib', 'urn:library') +
      input('me', 'lib.tName') +
      input('day', 'lib.tDay') +
      decision('mine', feel('lib.say hello(me)'), { inputs: ['me'], knowledge: ['urn:library#say_hello'] }) +
      decision('theirs', feel('lib.greeting + "!"'), { decisions: ['urn:library#greeting'] }) +
      decision('year', feel('day.year'), { inputs: ['day'] }),
  )
  const inputs = { me: { 'first name': 'Li' }, lib: { person: { 'first name': 'Wu' } }, day: '2026-01-01' }
  expect(programOf(main, library).answer({ inputs }).results).toEqual({
    mine: 'Hello Li',
    theirs: 'Hello Wu!',
    year: 2026,
  })
})

test('the same model imported on two ways has its inputs twice', () => {
  const between = (name: string) =>
    aModel(
      imported('lib', 'urn:library') +
        decision('loud', feel('upper case(lib.greeting)'), { decisions: ['urn:library#greeting'] }),
      { name, namespace: `urn:${name}` },
    )
  const main = aModel(
    imported('one', 'urn:one') +
      imported('two', 'urn:two') +
      decision('it', feel('[one.loud, two.loud]'), { decisions: ['urn:one#loud', 'urn:two#loud'] }),
  )
  const person = (name: string) => ({ lib: { person: { 'first name': name } } })
  const program = programOf(main, between('one'), between('two'), library)
  expect(program.answer({ inputs: { one: person('Li'), two: person('Wu') } }).results).toEqual({
    it: ['HELLO LI', 'HELLO WU'],
  })
})

test('an import without a name brings its elements among our own', () => {
  const main = aModel(
    imported('', 'urn:library') +
      input('me', 'tName') +
      decision('mine', feel('say hello(me)'), { inputs: ['me'], knowledge: ['urn:library#say_hello'] }),
  )
  expect(programOf(main, library).answer({ inputs: { me: { 'first name': 'Li' } } }).results.mine).toBe(
    'Hello Li',
  )
})

test('a model that is imported but not given is refused with file and line', () => {
  const source = readDmn(aModel(imported('lib', 'urn:library')), 'main.dmn')
  expect(() => compileDmn(source)).toThrow(
    expect.objectContaining({
      code: 'policy.dmn-import-missing',
      details: { file: 'main.dmn', line: 3, name: 'lib', namespace: 'urn:library' },
    }),
  )
  expect(() => compileDmn(source)).toThrow(Refusal)
})

test('today is the clock’s', () => {
  expect(resultsTo(aModel(decision('it', feel('today()'), { typeRef: 'date' }))).it).toBe('2026-05-01')
})
