import { type Finding, found } from './finding.ts'
import { sidesText, type Threshold } from './thresholds.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** What is said of thresholds that lack a case. */
export const untriedFindings = (
  thresholds: readonly Threshold[],
  rule: string,
  expression: string,
  file: YamlFile<unknown>,
  path: Path,
): Finding[] =>
  thresholds
    .filter(({ lacking }) => lacking.length > 0)
    .map(({ node, lacking }) => {
      const text = expression.slice(node.span.from, node.span.until).replaceAll(/\s+/gu, ' ')
      const details = { rule, text, ...sidesText(lacking) }
      return found('threshold-without-case', file, [rule], details, file.lineInside(path, node.span.from))
    })
