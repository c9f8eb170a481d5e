/** An element to be written: text stands alone, without children beside it. */
export type XmlPart = {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string | undefined>>
  readonly text?: string
  readonly children?: readonly (XmlPart | undefined)[]
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

const escaped = (text: string, what: RegExp): string => text.replace(what, (one) => escapes[one] ?? one)

// A bare line break in an attribute would be read back as a space, a bare carriage return in a text as a line break.
const attributeText = (text: string): string => escaped(text, /[&<>"\r\n\t]/gu)
const elementText = (text: string): string => escaped(text, /[&<>\r]/gu)

const linesOf = (part: XmlPart, indent: string): string[] => {
  const attributes = Object.entries(part.attributes ?? {})
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${attributeText(value)}"`)
    .join('')
  const start = `${indent}<${part.name}${attributes}`
  const children = (part.children ?? []).filter((child) => child !== undefined)
  if (part.text !== undefined) return [`${start}>${elementText(part.text)}</${part.name}>`]
  if (children.length === 0) return [`${start}/>`]
  return [
    `${start}>`,
    ...children.flatMap((child) => linesOf(child, `${indent}  `)),
    `${indent}</${part.name}>`,
  ]
}

/** The document as text, indented by two spaces. */
export const xmlText = (root: XmlPart): string =>
  ['<?xml version="1.0" encoding="UTF-8"?>', ...linesOf(root, ''), ''].join('\n')
