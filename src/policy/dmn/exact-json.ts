type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

// JSON.parse tells its reviver the digits as written (ECMAScript 2026); TypeScript's library does not say so yet.
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown

const digits = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(\.\d*?)0+(?=e|$)/u, '$1')
    .replace(/\.(?=e|$)/u, '')

/**
 * Reads JSON without losing digits: a number that a double cannot give back as written becomes `{"@number": "…"}`. Throws SyntaxError for what
 * is no JSON.
 */
export const parseExactJson = (text: string): unknown =>
  parse(text, (key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value
    if (Number.isFinite(value) && digits(String(value)) === digits(source)) return value
    // Most numbers written another way, as 1E3, are the same value; comparing exactly is left to the reader of the mark.
    return key === '@number' ? source : { '@number': source }
  })
