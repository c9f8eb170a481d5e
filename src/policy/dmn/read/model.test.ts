import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { aModel, decision, feel, input, resultsTo } from '../samples/build.ts'
import { decodeXml } from './decode.ts'
import { readDmn } from './model.ts'

const broken = (text: string) => {
  try {
    readDmn(text, 'x.dmn')
  } catch (error) {
    return error as { code: string; details: Record<string, unknown> }
  }
  return undefined
}

test('XML that is not well formed is refused with its place', () => {
  expect(broken('<definitions>\n<a></b>')).toMatchObject({
    code: 'policy.dmn-broken',
    details: { file: 'x.dmn', line: 2, reason: 'unexpected close tag' },
  })
  for (const text of ['', 'no xml', '<a/><b/>', '<a>&unknown;</a>', '<a'])
    expect(broken(text), text).toMatchObject({ code: 'policy.dmn-broken' })
  expect(broken('<a>'.repeat(5000))).toMatchObject({ details: { reason: 'elements lie too deep' } })
})

test('entities of a document type are not followed', () => {
  const text = `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>`
  expect(broken(text)).toMatchObject({ code: 'policy.dmn-broken' })
})

test('XML of something else is refused', () => {
  expect(broken('\n<html/>')).toMatchObject({
    code: 'policy.dmn-foreign',
    details: { element: 'html', line: 2 },
  })
  expect(broken('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')).toMatchObject({
    code: 'policy.dmn-foreign',
  })
})

test('models of 1.1 to 1.5 are read alike', () => {
  const versions = [
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    'https://www.omg.org/spec/DMN/20230324/MODEL/',
  ]
  for (const xmlns of versions) {
    const model = aModel(input('a', 'feel:number') + decision('it', feel('a + 1'), { inputs: ['a'] }), {
      xmlns,
    })
    expect(resultsTo(model, { a: '1' }), xmlns).toEqual({ it: 2 })
  }
})

test('extensions of other vendors and drawings are passed over', () => {
  const foreign = `<extensionElements><v:decision xmlns:v="urn:vendor" name="x"/></extensionElements>
    <d:DMNDI xmlns:d="https://www.omg.org/spec/DMN/20230324/DMNDI/"><d:decision/></d:DMNDI>`
  const { model } = readDmn(aModel(foreign + decision('it', feel('1'))), 'x.dmn')
  expect(model.decisions.map(({ name }) => name)).toEqual(['it'])
})

test('names lose the white space of XML, references to the own namespace lose the namespace', () => {
  const text = aModel(
    `<inputData id="net" name="net\n   income"><variable name=" net  income" typeRef="number"/></inputData>` +
      decision('it', feel('net income * 2'), { inputs: ['urn:sample#net'] }),
  )
  expect(resultsTo(text, { 'net income': 3 })).toEqual({ it: 6 })
})

test('types of an import written with a prefix of XML become import.name', () => {
  const text = aModel(
    `<import xmlns:l="urn:l" name="lib" namespace="urn:l" importType="x"/>
     <inputData id="a" name="a"><variable xmlns:l="urn:l" name="a" typeRef="l:tName"/></inputData>`,
  )
  expect(readDmn(text, 'x.dmn').model.inputs[0]?.variable).toEqual({ name: 'a', typeRef: 'lib.tName' })
})

const sample = aModel(
  input('a', 'number') + decision('it', feel('a + 1'), { inputs: ['a'], typeRef: 'number' }),
)

property.prop([fc.nat(sample.length), fc.nat(60), fc.string({ maxLength: 5 })])(
  'a damaged file is refused or answers; it never breaks the program',
  (at, length, insert) => {
    const damaged = sample.slice(0, at) + insert + sample.slice(at + length)
    const refused = broken(damaged)
    if (refused) expect(refused.code).toMatch(/^policy\.dmn-(broken|foreign)$/)
    else expect(resultsTo(damaged, { a: 1 })).toBeDefined()
  },
)

test('a file is read in the encoding it declares', () => {
  const gbk = Buffer.from([
    ...Buffer.from('<?xml version="1.0" encoding="GB18030"?><a n="'),
    0xb5,
    0xcd,
    0xb1,
    0xa3,
    ...Buffer.from('"/>'),
  ])
  expect(decodeXml(gbk, 'x.dmn')).toContain('n="低保"')
  expect(decodeXml(Buffer.from('\ufeff<a/>', 'utf16le'), 'x.dmn')).toBe('<a/>')
  expect(() => decodeXml(Buffer.from([0x3c, 0xff, 0xfe]), 'x.dmn')).toThrow(
    expect.objectContaining({ code: 'policy.dmn-encoding' }),
  )
})
