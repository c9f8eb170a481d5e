import { isStackEnd } from '../../feel/index.ts'

/** Why a decision could not be evaluated at all, as distinct from one whose value is null. */
export type FailureCode =
  | 'dmn.unknown-invocable'
  | 'dmn.unknown-reference'
  | 'dmn.cycle'
  | 'dmn.broken-expression'
  | 'dmn.required-failed'
  | 'dmn.too-deep'
  | 'feel.not-in-sql-profile'
  | 'dmn.unexpected'

/** `details` fill the texts of the code. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly details: Readonly<Record<string, string | number>>
  constructor(code: FailureCode, details: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

/** Whatever was thrown while something of this name was evaluated, as a failure: a fault of ours stops that alone. */
export const failureOf = (error: unknown, name: string): Failure => {
  if (error instanceof Failure) return error
  if (isStackEnd(error)) return new Failure('dmn.too-deep', { name })
  return new Failure('dmn.unexpected', { name, reason: error instanceof Error ? error.name : 'unknown' })
}

const texts: Readonly<Record<FailureCode, { readonly zh: string; readonly en: string }>> = {
  'dmn.unknown-invocable': {
    zh: '模型里没有名为“{name}”的决策、决策服务或业务知识模型。',
    en: 'The model has no decision, decision service or business knowledge model called "{name}".',
  },
  'dmn.unknown-reference': {
    zh: '“{name}”依赖的元素 {reference} 不存在（{file} 第 {line} 行）。',
    en: '"{name}" requires {reference}, which is not there ({file}, line {line}).',
  },
  'dmn.cycle': {
    zh: '决策互相依赖，形成循环：{path}（{file} 第 {line} 行）。',
    en: 'Decisions require each other in a circle: {path} ({file}, line {line}).',
  },
  'dmn.broken-expression': {
    zh: '“{name}”里的表达式无法读懂：{text}（{reason}；{file} 第 {line} 行）。',
    en: 'An expression in "{name}" cannot be read: {text} ({reason}; {file}, line {line}).',
  },
  'dmn.required-failed': {
    zh: '“{name}”依赖的“{required}”没有得出结果。',
    en: '"{name}" requires "{required}", which could not be evaluated.',
  },
  'dmn.too-deep': {
    zh: '“{name}”的计算嵌套过深。',
    en: 'The evaluation of "{name}" goes too deep.',
  },
  'feel.not-in-sql-profile': {
    zh: '“{name}”不在 SQL 可计算的范围内，{engine} 不能计算：{text}（{file} 第 {line} 行）；请用 --engine interpreter。',
    en: '"{name}" lies outside the SQL profile, so {engine} cannot evaluate it: {text} ({reason}; {file}, line {line}); use --engine interpreter.',
  },
  'dmn.unexpected': {
    zh: '计算“{name}”时程序出错（{reason}）。',
    en: 'The program failed while evaluating "{name}" ({reason}).',
  },
}

/** A failure as it is told in an answer. */
export type Told = { readonly code: FailureCode; readonly zh: string; readonly en: string }

/** The failure's sentence in both languages. */
export const toldOf = ({ code, details }: Failure): Told => {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(details[name] ?? whole))
  return { code, zh: fill(texts[code].zh), en: fill(texts[code].en) }
}
