/** A string literal that begins here: its value, and the place after its closing quote; undefined where it does not end. */
export const readString = (
  text: string,
  at: number,
): { readonly value: string; readonly until: number } | undefined => {
  const match = /"((?:[^"\\]|\\[\s\S])*)"/uy
  match.lastIndex = at
  const found = match.exec(text)
  return found ? { value: unescaped(found[1] ?? ''), until: at + found[0].length } : undefined
}

const plain: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' }

// An escape the standard does not know stays as it is written: patterns are full of them.
const unescaped = (text: string): string =>
  text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([\s\S]))/gu, (all, short, long, other) => {
    if (short !== undefined) return String.fromCharCode(Number.parseInt(short as string, 16))
    if (long === undefined) return plain[other as string] ?? all
    const point = Number.parseInt(long as string, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : all
  })
