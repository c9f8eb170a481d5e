import { EmptyState, Icon, Section, StatusTag, useTexts } from '#ui/web'
import type { AlertDetail } from './alert-queries.web.ts'
import { alertTexts } from './texts.ts'

type Condition = AlertDetail['conditions'][number]

const looks = {
  true: { tone: 'primary', icon: 'check' },
  false: { tone: 'neutral', icon: 'close' },
  unknown: { tone: 'yellow', icon: 'help' },
} as const

/** Whether a condition holds: icon, word and colour. */
export const ConditionMark = ({ result }: { readonly result: Condition['result'] }) => {
  const { t } = useTexts(alertTexts)
  return <StatusTag {...looks[result]}>{t(`detail.result.${result}`)}</StatusTag>
}

/** Says loudly that what is computed now is not what was raised. */
export const Doubt = ({ alert: { doubt } }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  if (!doubt) return null
  return (
    <p role="alert" className="alert-doubt dd-tone-red">
      <Icon name="warning" /> <strong>{t('detail.doubt.title')}</strong> {t(`detail.doubt.${doubt}`)}
    </p>
  )
}

/** Why an alert was raised: each condition with its result, the data it used and where they are from, its parameters. */
export const Why = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  const { conditions, origin } = alert
  return (
    <Section title={t('detail.why')}>
      <Doubt alert={alert} />
      {conditions.length === 0 ? (
        <EmptyState icon="info" title={t(origin === 'scan' ? 'detail.whyNone' : 'detail.whyManual')} />
      ) : (
        <ol className="alert-conditions">
          {conditions.map((condition) => (
            <li key={`${condition.sentence} ${condition.expression}`}>
              <ConditionView condition={condition} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

const ConditionView = ({ condition }: { readonly condition: Condition }) => {
  const { t } = useTexts(alertTexts)
  const { sentence, result, values, parameters, expression } = condition
  return (
    <>
      <p className="alert-condition">
        <ConditionMark result={result} /> <strong>{sentence}</strong>
      </p>
      {values.length > 0 && (
        <ul aria-label={t('detail.values')}>
          {values.map(({ label, value, source, date }) => (
            <li key={`${label} ${value} ${date}`}>
              {t('detail.value', { label, value })}{' '}
              <span className="dd-quiet">
                {[source ? t('detail.from', { source }) : t('detail.noSource'), date]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {parameters.length > 0 && (
        <ul aria-label={t('detail.parameters')}>
          {parameters.map((parameter) => (
            <li key={parameter.name} className="dd-quiet">
              {t('detail.parameter', parameter)}
            </li>
          ))}
        </ul>
      )}
      {expression && (
        <details className="alert-expression">
          <summary>{t('detail.expression')}</summary>
          <code>{expression}</code>
        </details>
      )}
    </>
  )
}
