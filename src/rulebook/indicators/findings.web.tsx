import { Section, StatusTag, useTexts } from '#ui/web'
import { Plain, usePick } from '../library/parts.web.tsx'
import type { CheckedVersion, VersionFinding } from './contract.ts'
import { indicatorTexts } from './texts.ts'
import './indicators.css'

/** A finding with its place, in one sentence. */
const useFindingSaid = () => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  return ({ field, at, line, case: index, text }: VersionFinding): string => {
    const said = pick(text)
    if (index !== null) return t('edit.case', { number: String(index + 1), text: said })
    if (field === null) return said
    const name = at ?? t(`fields.${field as 'when'}`)
    return line === null
      ? t('edit.at', { field: name, text: said })
      : t('edit.line', { field: name, line: String(line), text: said })
  }
}

/**
 * What the check says: sound, or everything that is to be mended. `hrefOf` leads to the place in a form; `id` is what may
 * take the focus. Until a form is begun, what it lacks is a list of what to fill in and no fault.
 */
export const FindingsSection = ({
  id,
  checked,
  isCurrent,
  isBegun = true,
  hrefOf,
}: {
  readonly id?: string
  readonly isBegun?: boolean
  readonly checked: CheckedVersion | undefined
  readonly isCurrent: boolean
  readonly hrefOf?: (finding: VersionFinding) => string | undefined
}) => {
  const { t } = useTexts(indicatorTexts)
  const said = useFindingSaid()
  return (
    <Section title={t('edit.check')}>
      <p role="status" id={id} tabIndex={id ? -1 : undefined}>
        {!checked || !isCurrent ? (
          t('edit.checking')
        ) : (
          <StatusTag tone={checked.isSound ? 'good' : isBegun ? 'red' : 'neutral'}>
            {checked.isSound
              ? t('edit.sound', { passed: String(checked.cases.passed) })
              : t(isBegun ? 'edit.unsound' : 'edit.toFill', { count: checked.findings.length })}
          </StatusTag>
        )}
      </p>
      {checked && checked.findings.length > 0 && (
        <ul className="indicator-findings">
          {checked.findings.map((finding, index) => {
            const href = hrefOf?.(finding)
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity and are replaced as a whole.
              <li key={index}>{href ? <a href={href}>{said(finding)}</a> : said(finding)}</li>
            )
          })}
        </ul>
      )}
      {checked?.plain && (
        <>
          <h3>{t('edit.plain')}</h3>
          <Plain plain={checked.plain} />
        </>
      )}
      {checked && checked.feeds.length > 0 && (
        <p className="dd-quiet">{t('edit.feeds', { feeds: checked.feeds.join(', ') })}</p>
      )}
    </Section>
  )
}
