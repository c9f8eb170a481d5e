import { tableLines } from './width.ts'

type Colour = 'red' | 'green' | 'yellow' | 'orange' | 'dim'
const codes: Readonly<Record<Colour, string>> = {
  red: '31',
  green: '32',
  yellow: '33',
  orange: '38;5;208',
  dim: '2',
}

/** What a command says at its end. For programs only the one JSON object goes to standard output. */
export interface Output {
  readonly json: boolean
  line(text: string): void
  table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void
  /** The answer for programs; the last line. */
  result(value: object): void
  paint(colour: Colour, text: string): string
}

// bigint keys and counts leave as numbers where a double holds them, as text beyond.
const plain = (_: string, value: unknown): unknown => {
  if (typeof value !== 'bigint') return value
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
}

/** One line of JSON. */
export const jsonLine = (value: object): string => `${JSON.stringify(value, plain)}\n`

/** Writes to standard output; with `json` the lines for people go to standard error. */
export const openOutput = (
  streams: { readonly out: NodeJS.WriteStream; readonly err: NodeJS.WriteStream },
  { json, color }: { readonly json: boolean; readonly color: boolean },
): Output => {
  const target = json ? streams.err : streams.out
  const isColoured = color && target.isTTY === true
  const line = (text: string): void => void target.write(`${text}\n`)
  return {
    json,
    line,
    table: (head, rows) => {
      for (const text of tableLines(head, rows)) line(text)
    },
    result: (value) => {
      if (json) streams.out.write(jsonLine({ ok: true, ...value }))
    },
    paint: (colour, text) => (isColoured ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text),
  }
}
