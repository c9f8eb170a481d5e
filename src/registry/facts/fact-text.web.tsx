import { dateFrom, minuteText } from '#access/web'
import { type BusinessDate, fen } from '#base'
import { Count, DateText, Money, StatusTag, useTexts } from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import { factCatalogue, isFactKind } from './catalogue.ts'
import type { FactView } from './contract.ts'
import type { AgreementValue, DisabilityValue } from './fact-value.ts'
import { factTexts } from './texts.ts'

/** The name of a kind of fact with what its figure means: 月收入（每月）. */
export const useFactLabel = () => {
  const { t } = useTexts(factTexts)
  const { short } = useLabels()
  return (kind: string): string => {
    if (!isFactKind(kind)) return kind
    const { label, unit } = factCatalogue[kind]
    if (unit === 'fen-per-year') return label[short] + t('unit.perYear')
    return unit === 'fen-per-month' ? label[short] + t('unit.perMonth') : label[short]
  }
}

/** The value of a fact as people read it; null reads 无. */
export const FactText = ({ kind, value }: Pick<FactView, 'kind' | 'value'>) => {
  const { t } = useTexts(factTexts)
  const { short } = useLabels()
  if (value === null || !isFactKind(kind)) return <Money fen={null} />
  const { type, codes } = factCatalogue[kind]
  switch (type) {
    case 'money':
      return <Money fen={fen(Number(value))} />
    case 'count':
      return <Count value={Number(value)} />
    case 'flag':
      return t(value === true ? 'yes' : 'no')
    case 'code':
      return codes?.find(({ code }) => code === value)?.[short] ?? String(value)
    case 'date':
      return <time className="dd-date">{String(value)}</time>
    case 'disability':
      return <DisabilityText value={value as unknown as DisabilityValue} />
    case 'agreement':
      return <AgreementText value={value as unknown as AgreementValue} />
  }
}

const classKeys = ['1', '2', '3', '4', '5', '6', '7'] as const

const DisabilityText = ({ value }: { readonly value: DisabilityValue }) => {
  const { t } = useTexts(factTexts)
  const known = classKeys.find((key) => key === String(value.class))
  return (
    <>
      {t('disability', { kind: known ? t(`classes.${known}`) : '', grade: String(value.grade) })}
      {value.expiresOn && (
        <span className="dd-quiet"> {t('disabilityUntil', { date: value.expiresOn })}</span>
      )}
    </>
  )
}

const AgreementText = ({ value }: { readonly value: AgreementValue }) => {
  const { t } = useTexts(factTexts)
  const { from, until } = value
  return <>{until === null ? t('agreement', { from }) : t('agreementUntil', { from, until })}</>
}

/** Where a fact came from: its way, the department file with its row, or the people who recorded and checked it. */
export const FactSource = ({ fact }: { readonly fact: FactView }) => {
  const { t } = useTexts(factTexts)
  const { label, feedName } = useLabels()
  const { collector, checker, feed } = fact
  return (
    <span className="registry-source">
      <StatusTag>{label('provenance', fact.provenance)}</StatusTag>
      {feed && (
        <span className="dd-quiet">
          {feed.kind ? feedName(feed.kind) : ''} {feed.period}{' '}
          {feed.row && t('feedRow', { row: String(feed.row) })}
        </span>
      )}
      {collector && (
        <span className="dd-quiet">
          {checker ? t('byPeople', { collector, checker }) : t('byCollector', { collector })}
        </span>
      )}
    </span>
  )
}

/** Since when a fact holds, with its age; when it was entered is told on pointing at it. */
export const FactAge = ({ fact, today }: { readonly fact: FactView; readonly today: BusinessDate }) => {
  const { t } = useTexts(factTexts)
  return (
    <span className="dd-quiet registry-age" title={t('knownAt', { at: minuteText(fact.recordedAt) })}>
      {fact.validUntil === null ? (
        <>
          {t('from')} <DateText date={dateFrom(fact.validFrom)} today={today} />
        </>
      ) : (
        t('period', { from: fact.validFrom, until: fact.validUntil })
      )}
    </span>
  )
}
