import type { Translate } from '#ui'
import { Loaded, StatusTag, useTexts } from '#ui/web'
import type { ParameterView, ReasonsView, RuleView } from './contract.ts'
import { tryTexts } from './texts.ts'
import { type Answered, useReasons } from './try-queries.web.ts'
import type { zhCN } from './zh-CN.ts'

/** Why a programme said what it said: sentences, every rule with its conditions, the parameters, the articles. */
export const Reasons = ({ answered }: { readonly answered: Answered }) => (
  <Loaded of={useReasons(answered, true)} lines={5} isImmediate>
    {(reasons) => <ReasonsText reasons={reasons} />}
  </Loaded>
)

const ReasonsText = ({ reasons }: { readonly reasons: ReasonsView }) => {
  const { t } = useTexts(tryTexts)
  return (
    <div className="try-reasons">
      <dl className="try-sentences">
        <dt>{t('reasons.officer')}</dt>
        <dd>{reasons.officer}</dd>
        <dt>{t('reasons.citizen')}</dt>
        <dd>{reasons.citizen}</dd>
      </dl>
      <Sources of={reasons.sources} />
      <h4>{t('reasons.rules')}</h4>
      <ol className="try-rules">
        {reasons.rules.map((rule) => (
          <li key={`${rule.name} ${rule.who}`}>
            <RuleText rule={rule} />
          </li>
        ))}
      </ol>
      {reasons.parameters.length > 0 && (
        <>
          <h4>{t('reasons.parameters')}</h4>
          <ul className="try-parameters">
            {reasons.parameters.map((parameter) => (
              <li key={parameter.label}>
                <ParameterText parameter={parameter} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const resultTone = { holds: 'good', not: 'neutral', unknown: 'yellow' } as const

const RuleText = ({ rule }: { readonly rule: RuleView }) => {
  const { t } = useTexts(tryTexts)
  return (
    <>
      <p className="try-rule-name">
        {rule.who && <span className="dd-quiet">{rule.who} · </span>}
        {rule.name}
        {t('reasons.colon')}
        <strong>{rule.value}</strong>
      </p>
      {rule.conditions.length > 0 && (
        <ul className="try-conditions">
          {rule.conditions.map((condition) => (
            <li key={`${condition.who} ${condition.text}`}>
              <StatusTag tone={resultTone[condition.result]}>{t(`reasons.${condition.result}`)}</StatusTag>{' '}
              {condition.who && <span className="dd-quiet">{condition.who} · </span>}
              {condition.text}
              {condition.values.length > 0 && (
                <span className="try-values">
                  {condition.values
                    .map(({ label, value }) => `${label}${t('reasons.colon')}${value}`)
                    .join(t('reasons.joiner'))}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <Sources of={rule.sources} checkedOn={rule.checkedOn} />
    </>
  )
}

type Citation = ReasonsView['sources'][number]

const citationText = ({ title, number, clause }: Citation, t: Translate<typeof zhCN>): string =>
  t('reasons.citation', { title, number: number === null ? '' : t('reasons.number', { number }), clause })

const Sources = (props: { readonly of: readonly Citation[]; readonly checkedOn?: string | null }) => {
  const { t } = useTexts(tryTexts)
  if (props.of.length === 0) return null
  return (
    <p className="dd-quiet">
      {t('reasons.article')}
      {t('reasons.colon')}
      {props.of.map((one) => citationText(one, t)).join(t('reasons.joiner'))}
      {props.checkedOn && `${t('reasons.joiner')}${t('reasons.checkedOn', { date: props.checkedOn })}`}
    </p>
  )
}

const ParameterText = ({ parameter }: { readonly parameter: ParameterView }) => {
  const { t } = useTexts(tryTexts)
  const { label, value, isOpen, isGiven, from, place, pack, isDemo, source, checkedOn } = parameter
  const origin = [
    ...(pack ? [pack] : []),
    ...(place ? [place] : []),
    ...(from ? [t('reasons.from', { date: from })] : []),
    ...(source ? [citationText(source, t)] : []),
    ...(checkedOn ? [t('reasons.checkedOn', { date: checkedOn })] : []),
  ]
  return (
    <>
      {label}
      {t('reasons.colon')}
      <strong>{isOpen ? t('reasons.open') : value}</strong>{' '}
      {isGiven && <StatusTag tone="orange">{t('values.mark')}</StatusTag>}
      {isDemo && <StatusTag tone="orange">{t('demo')}</StatusTag>}
      <span className="try-values">{origin.join(t('reasons.joiner'))}</span>
    </>
  )
}
