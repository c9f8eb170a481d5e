import type { ProblemCode } from '../language/problems.ts'
import { en } from './en.ts'
import type { Path, YamlFile } from './yaml-file.ts'
import { zhCN } from './zh-CN.ts'

/** What the checker found wrong, with the place; the text is made when it is read, in the reader's language. */
export interface Finding {
  readonly code: FindingCode
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly details: Readonly<Record<string, string | number>>
}

export type FindingCode =
  | ProblemCode
  | 'file-missing'
  | 'pack-missing'
  | 'not-yaml'
  | 'schema'
  | 'no-source'
  | 'no-check-date'
  | 'unknown-document'
  | 'rule-not-boolean'
  | 'rule-type-differs'
  | 'name-twice'
  | 'written-twice'
  | 'parameter-without-range'
  | 'value-out-of-range'
  | 'values-overlap'
  | 'values-gap'
  | 'under-floor'
  | 'programme-unknown-rule'
  | 'may-be-absent'
  | 'feeds-differ'
  | 'version-twice'
  | 'unknown-placeholder'
  | 'threshold-without-case'
  | 'case-unknown-name'
  | 'case-fails'

export type Language = 'zh-CN' | 'en'

/** `rules.yaml:12: …` in the given language. */
export const findingText = ({ code, file, line, details }: Finding, language: Language): string => {
  const texts: Readonly<Record<FindingCode, string>> = language === 'en' ? en.findings : zhCN.findings
  const filled = texts[code].replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
    String(details[`${name}.${language}`] ?? details[name] ?? ''),
  )
  return `${file}:${line}: ${filled}`
}

/** A finding at a place in a file. */
export const found = (
  code: FindingCode,
  file: YamlFile<unknown>,
  path: Path,
  details: Finding['details'],
  line = file.lineOf(path),
): Finding => ({ code, file: file.fileOf(path), line, details })
