import { normalName } from '../../feel/index.ts'
import type { DmnImport, Reference } from '../model/model.ts'
import type { XmlElement } from './xml.ts'

/** Namespaces of DMN's models: 1.1 has `dmn.xsd`, later ones `MODEL/`. */
export const isDmnNamespace = (uri: string): boolean =>
  /^https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/(MODEL\/?|dmn\.xsd)$/u.test(uri)

const isFeelNamespace = (uri: string): boolean => /\/spec\/(DMN|FEEL)\/\d{8}\/FEEL\/?$/u.test(uri)
const xsd = 'http://www.w3.org/2001/XMLSchema'

const xsdTypes: Readonly<Record<string, string>> = {
  ...{ string: 'string', boolean: 'boolean', date: 'date', time: 'time', dateTime: 'date and time' },
  ...{
    decimal: 'number',
    double: 'number',
    float: 'number',
    integer: 'number',
    int: 'number',
    long: 'number',
  },
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
}

// Names some tools write for the two durations and for date and time.
const spellings: Readonly<Record<string, string>> = {
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
}

/** What reading one model shares: its namespace, its imports and where lines are noted. */
export type Reader = {
  readonly namespace: string
  readonly imports: readonly DmnImport[]
  readonly lines: Map<object, number>
}

/** Notes the line of a part and gives it back. */
export const noted = <T extends object>(reader: Reader, element: XmlElement, part: T): T => {
  reader.lines.set(part, element.line)
  return part
}

/** An object without the entries that are undefined: parts that are not there are not mentioned. */
export const present = <T extends object>(parts: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>
  }

/** Child elements of DMN's own; extensions of other vendors have their own namespaces and are passed over. */
export const childrenOf = (element: XmlElement, name?: string): readonly XmlElement[] =>
  element.children.filter((child) => isDmnNamespace(child.uri) && (!name || child.name === name))

export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  childrenOf(element, name)[0]

/** The text of a child element, as written. */
export const childText = (element: XmlElement, name: string): string | undefined =>
  childOf(element, name)?.text

/** A name without the white space that XML leaves around and inside it. */
export const nameOf = (element: XmlElement, attribute = 'name'): string =>
  normalName(element.attributes.get(attribute) ?? '')

/** The attributes and texts every element of DMN may have. */
export const commonOf = (element: XmlElement) =>
  present({
    id: element.attributes.get('id'),
    label: element.attributes.get('label'),
    description: childText(element, 'description')?.trim() || undefined,
  })

/** A type's name: built-in and own ones plain, those of an import as `import.name`. */
export const typeNameOf = (reader: Reader, element: XmlElement, written: string | undefined) => {
  const text = written?.trim().replace(/\s+/gu, ' ')
  if (!text) return undefined
  const prefixed = /^([^\s:.<>()"]+):\s*(.+)$/u.exec(text)
  if (!prefixed) return spellings[text] ?? text
  const [, prefix = '', local = ''] = prefixed
  const uri = element.prefixes.get(prefix)
  if (uri === xsd) return xsdTypes[local] ?? 'Any'
  if (uri === undefined || uri === reader.namespace || isFeelNamespace(uri)) return spellings[local] ?? local
  const from = reader.imports.find(({ namespace }) => namespace === uri)
  return from?.name ? `${from.name}.${local}` : local
}

/** The type an attribute `typeRef` names. */
export const typeRefOf = (reader: Reader, element: XmlElement, attribute = 'typeRef'): string | undefined =>
  typeNameOf(reader, element, element.attributes.get(attribute))

/** `#id`, or `namespace#id` for an element of another model. */
export const referenceOf = (reader: Reader, element: XmlElement): Reference => {
  const href = element.attributes.get('href')?.trim() ?? ''
  const at = href.lastIndexOf('#')
  const [namespace, id] = [href.slice(0, Math.max(at, 0)), href.slice(at + 1)]
  return noted(reader, element, namespace && namespace !== reader.namespace ? { namespace, id } : { id })
}
