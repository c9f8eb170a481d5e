import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { Fen } from '#base'
import {
  EmptyState,
  ErrorState,
  Icon,
  LoadingSkeleton,
  Money,
  Section,
  StatusTag,
  takeFocus,
  useLanguage,
  usePermission,
  useTexts,
} from '#ui/web'
import { Changes } from './changes.web.tsx'
import type { TrialOutcome, TrialResult } from './contract.ts'
import { Reasons } from './reasons.web.tsx'
import { SaveButton } from './save.web.tsx'
import { tryTexts } from './texts.ts'
import type { TriedValues } from './tried-values.ts'
import type { Answered, TrialInput, useJudging } from './try-queries.web.ts'

interface ResultsProps {
  readonly judging: ReturnType<typeof useJudging>
  /** Something was changed since. */
  readonly isStale: boolean
  readonly place: string
  readonly householdId: string | undefined
}

/** What every programme says, or how to get there. */
export const Results = ({ judging, isStale, place, householdId }: ResultsProps) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const { data, variables, error, isPending } = judging
  const retry = () => variables && judging.mutate(variables)
  const title = data?.pack.title[language === 'en' ? 'en' : 'zh'] ?? ''
  return (
    <Section
      title={t('results.title')}
      actions={
        data &&
        variables &&
        !variables.values &&
        !isStale && (
          <SaveButton
            input={{ ...variables, householdId }}
            pack={t('pack', { title, version: data.pack.version })}
            place={place}
          />
        )
      }
    >
      <div role="status">
        {data && !isPending && <Summary key={judging.submittedAt} results={data.results} takesFocus />}
      </div>
      {isPending ? (
        <LoadingSkeleton lines={6} />
      ) : error ? (
        <ErrorState error={error} onRetry={retry} takesFocus />
      ) : data && variables ? (
        <>
          {isStale && (
            <p className="try-stale">
              <Icon name="warning" /> {t('results.stale')}
            </p>
          )}
          {variables.values && <TriedNotice input={variables} values={variables.values} />}
          <ResultList
            results={data.results}
            answeredOf={({ programme, place: of }) => ({ programme, place: of, input: variables })}
          />
        </>
      ) : (
        <EmptyState icon="book" title={t('results.empty')}>
          {t('results.emptyBody')}
        </EmptyState>
      )}
    </Section>
  )
}

/** That other values were used, and where to go instead of saving. */
const TriedNotice = ({ input, values }: { readonly input: TrialInput; readonly values: TriedValues }) => {
  const { t } = useTexts(tryTexts)
  const maySimulate = usePermission('simulation.run')
  return (
    <p className="try-stale">
      <StatusTag tone="orange">{t('values.mark')}</StatusTag> {t('values.noSave')}{' '}
      {maySimulate && <Link to={simulationOf(input, values)}>{t('values.simulate')}</Link>}
    </p>
  )
}

// The page of simulations is another room's: only its address is known here. It begins with one parameter.
const simulationOf = ({ on, region }: TrialInput, { set }: TriedValues): string => {
  const [first] = Object.entries(set)
  if (!first) return '/simulations/new'
  const [parameter, value] = first
  return `/simulations/new?${new URLSearchParams({ parameter, value: JSON.stringify(value), on, region })}`
}

/** How many programmes said what. */
export const Summary = (props: {
  readonly results: readonly TrialResult[]
  readonly takesFocus?: boolean
}) => {
  const { results, takesFocus: isAnswer = false } = props
  const { t } = useTexts(tryTexts)
  const count = (outcome: TrialOutcome) => results.filter((one) => one.outcome === outcome).length
  return (
    <p className="try-summary" tabIndex={-1} ref={isAnswer ? takeFocus : undefined}>
      {t('results.summary', {
        eligible: count('eligible'),
        notEligible: count('not-eligible'),
        unknown: count('unknown'),
      })}
    </p>
  )
}

const order: readonly TrialOutcome[] = ['eligible', 'unknown', 'not-eligible']

interface ResultListProps {
  readonly results: readonly TrialResult[]
  readonly answeredOf: (result: TrialResult) => Answered
}

/** Every programme's answer: what somebody is entitled to first, then what is open. */
export const ResultList = ({ results, answeredOf }: ResultListProps) => {
  const { t } = useTexts(tryTexts)
  if (results.length === 0)
    return (
      <EmptyState icon="calendar" title={t('results.noProgrammes')}>
        {t('results.noProgrammesBody')}
      </EmptyState>
    )
  return (
    <ul className="try-results">
      {order
        .flatMap((outcome) => results.filter((one) => one.outcome === outcome))
        .map((result) => (
          <li key={`${result.programme} ${result.place}`}>
            <ResultItem result={result} answered={answeredOf(result)} />
          </li>
        ))}
    </ul>
  )
}

const toneOf = { eligible: 'good', 'not-eligible': 'neutral', unknown: 'yellow' } as const
const mostMissing = 6

const ResultItem = ({ result, answered }: { readonly result: TrialResult; readonly answered: Answered }) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const [open, setOpen] = useState<'why' | 'changes'>()
  const name = result.name[language === 'en' ? 'en' : 'zh']
  const { missing, amount, outcome } = result
  // Reasons that were opened for other facts are no longer those of this answer.
  const key = JSON.stringify(answered)
  useEffect(() => {
    if (key) setOpen(undefined)
  }, [key])
  const toggle = (part: 'why' | 'changes') => setOpen(open === part ? undefined : part)
  const more = missing.length > mostMissing ? t('results.missingMore', { count: missing.length }) : ''
  const list = `${missing.slice(0, mostMissing).join(t('reasons.joiner'))}${more}`
  return (
    <article className="try-result" aria-label={name}>
      <div className="try-result-head">
        <h3>
          {name} <span className="dd-quiet">{result.who || t('results.whole')}</span>
        </h3>
        <StatusTag tone={toneOf[outcome]}>{t(`results.outcome.${outcome}`)}</StatusTag>
        {amount && (
          <span className="try-amount">
            {t(`results.amount.${amount.per}`)} <Money fen={amount.fen as Fen} />
          </span>
        )}
      </div>
      {missing.length > 0 && <p>{t('results.missing', { list })}</p>}
      <div className="try-result-actions dd-no-print">
        <Button
          type="text"
          icon={<Icon name={open === 'why' ? 'chevronUp' : 'chevronDown'} />}
          aria-expanded={open === 'why'}
          aria-label={t('results.whyOf', { name: `${name} ${result.who}`.trim() })}
          onClick={() => toggle('why')}
        >
          {t('results.why')}
        </Button>
        {'input' in answered && (
          <Button
            type="text"
            icon={<Icon name={open === 'changes' ? 'chevronUp' : 'chevronDown'} />}
            aria-expanded={open === 'changes'}
            aria-label={t('results.changesOf', { name: `${name} ${result.who}`.trim() })}
            onClick={() => toggle('changes')}
          >
            {t('results.changes')}
          </Button>
        )}
      </div>
      {open === 'why' && <Reasons answered={answered} />}
      {open === 'changes' && <Changes answered={answered} outcome={outcome} />}
    </article>
  )
}
