import { Loaded, useTexts } from '#ui/web'
import type { TrialOutcome } from './contract.ts'
import { tryTexts } from './texts.ts'
import { type Answered, useChanges } from './try-queries.web.ts'

/** Which single fact would alter the answer, the smallest change first. */
export const Changes = (props: { readonly answered: Answered; readonly outcome: TrialOutcome }) => (
  <Loaded of={useChanges(props.answered, true)} lines={3} isImmediate>
    {(changes) => <ChangeLines changes={changes} outcome={props.outcome} />}
  </Loaded>
)

interface ChangeLinesProps {
  readonly changes: NonNullable<ReturnType<typeof useChanges>['data']>
  readonly outcome: TrialOutcome
}

const ChangeLines = ({ changes, outcome: found }: ChangeLinesProps) => {
  const { t } = useTexts(tryTexts)
  if (changes.length === 0)
    return <p className="try-reasons">{t(found === 'unknown' ? 'changes.noneUnknown' : 'changes.none')}</p>
  return (
    <div className="try-reasons">
      <p className="dd-quiet">{t('changes.note')}</p>
      <ol>
        {changes.map(({ who, fact, from, to, outcome }) => (
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
