import { ErrorState, LoadingSkeleton, useTexts } from '#ui/web'
import type { TrialOutcome } from './contract.ts'
import { tryTexts } from './texts.ts'
import { type Answered, useChanges } from './try-queries.web.ts'

/** Which single fact would alter the answer, the smallest change first. */
export const Changes = (props: { readonly answered: Answered; readonly outcome: TrialOutcome }) => {
  const { t } = useTexts(tryTexts)
  const { data, error, refetch } = useChanges(props.answered, true)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingSkeleton lines={3} isImmediate />
  if (data.length === 0)
    return (
      <p className="try-reasons">{t(props.outcome === 'unknown' ? 'changes.noneUnknown' : 'changes.none')}</p>
    )
  return (
    <div className="try-reasons">
      <p className="dd-quiet">{t('changes.note')}</p>
      <ol>
        {data.map(({ who, fact, from, to, outcome }) => (
          <li key={`${who} ${fact}`}>
            {t('changes.line', {
              who: who === '' ? '' : t('changes.who', { who }),
              fact,
              from,
              to,
              outcome: t(`results.outcome.${outcome}`),
            })}
          </li>
        ))}
      </ol>
    </div>
  )
}
