import { SaxesParser } from 'saxes'

/** One element with what a model needs of it. `prefixes` are the namespaces in force there. */
export type XmlElement = {
  readonly name: string
  readonly uri: string
  readonly line: number
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
  readonly prefixes: ReadonlyMap<string, string>
}

/** The text is no well-formed XML; `line` and `column` count from 1. */
export class BrokenXml extends Error {
  readonly line: number
  readonly column: number
  constructor(message: string, line: number, column: number) {
    super(message)
    this.line = line
    this.column = column
  }
}

type Open = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & { children: Open[] }

/** Deeper than any model a person reads, shallower than the stack. */
const deepest = 400

const prefixesOf = (
  ns: Readonly<Record<string, string>>,
  above: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => {
  const own = Object.entries(ns)
  return own.length === 0 ? above : new Map([...above, ...own])
}

// saxes begins a message with `line:column: `, which the caller tells in its own way.
const reasonOf = (message: string): string => message.replace(/^\d+:\d+: /u, '').replace(/\.$/u, '')

/** Reads XML into a tree. Entities beyond the five of XML are refused, and no document type is followed. */
export const readXml = (text: string): XmlElement => {
  const parser = new SaxesParser({ xmlns: true })
  const stack: Open[] = []
  let root: Open | undefined
  const fail = (message: string): never => {
    throw new BrokenXml(reasonOf(message), parser.line, parser.column)
  }
  parser.on('error', (error) => fail(error.message))
  parser.on('opentag', (tag) => {
    const above = stack.at(-1)
    const attributes = Object.values(tag.attributes).filter(({ prefix }) => prefix === '')
    const element: Open = {
      name: tag.local,
      uri: tag.uri,
      line: parser.line,
      attributes: new Map(attributes.map(({ local, value }) => [local, value])),
      children: [],
      text: '',
      prefixes: prefixesOf(tag.ns ?? {}, above?.prefixes ?? new Map()),
    }
    if (stack.length >= deepest) fail('elements lie too deep')
    above?.children.push(element)
    root ??= element
    stack.push(element)
  })
  parser.on('closetag', () => void stack.pop())
  const take = (part: string): void => {
    const open = stack.at(-1)
    if (open) open.text += part
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.write(text.replace(/^\uFEFF/u, '')).close()
  return root ?? fail('no element in it')
}
