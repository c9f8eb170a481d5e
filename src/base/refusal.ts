import { assert } from './assert.ts'

/** What the page needs to explain the refusal; never a resident number or a name. */
export type RefusalDetails = Readonly<Record<string, unknown>>
/** How a refusal is told to the outside. */
export type RefusalSpec = {
  /** HTTP status, 400 to 599. */
  readonly status: number
  /** What the user reads; `{name}` takes the detail of that name. */
  readonly zh: string
  readonly en: string
}
/** `room.reason`. */
export type RefusalCode = `${string}.${string}`
/** The refusals of one room by code. */
export type RefusalSpecs = Readonly<Record<RefusalCode, RefusalSpec>>

/** The world's mistake, expected and coded: thrown anywhere, answered at the edge with the status of its code. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly details: RefusalDetails

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    // The message is only the code: messages land in logs, and details may name people.
    super(code)
    this.code = code
    this.details = details
  }
}

/** Declares the refusals of a room, each code once; a malformed code, status or text stops the work. */
export const defineRefusals = <const Specs extends RefusalSpecs>(specs: Specs): Specs => {
  for (const [code, spec] of Object.entries<RefusalSpec>(specs)) {
    assert(/^[a-z][a-z0-9-]*\.[a-z0-9]+(-[a-z0-9]+)*$/u.test(code), `not a refusal code: ${code}`)
    assert(spec.status >= 400 && spec.status <= 599, `status of ${code} is no refusal: ${spec.status}`)
    assert(spec.zh.trim() !== '' && spec.en.trim() !== '', `${code} lacks a text`)
  }
  return Object.freeze(specs)
}

/** The text for the user with the details put in; a detail that is missing leaves its `{name}`. */
export const refusalTextOf = (
  spec: RefusalSpec,
  language: 'zh-CN' | 'en',
  details: RefusalDetails = {},
): string =>
  (language === 'en' ? spec.en : spec.zh).replace(/\{(\w+)\}/gu, (whole, name: string) =>
    details[name] === undefined ? whole : String(details[name]),
  )
