import { minuteText } from '#access/web'
import { Section, Timeline, type TimelineEntry, useTexts } from '#ui/web'
import { disposeTexts, routeFrom } from '../dispose/texts.ts'
import type { AlertDetail } from './alert-queries.web.ts'
import { alertTexts, isNamedStep, isResultName } from './texts.ts'

type Step = AlertDetail['steps'][number]

const tones: Readonly<Record<string, TimelineEntry['tone']>> = {
  raised: 'primary',
  disposed: 'good',
  escalated: 'orange',
  withdrawn: 'neutral',
}

/** What happened to an alert, newest first. */
export const History = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTexts(alertTexts)
  const words = useTexts(disposeTexts)
  const titleOf = ({ step, route, result }: Step): string => {
    const known = routeFrom(route)
    const parts = [
      isNamedStep(step) ? t(`step.${step}`) : step,
      known && words.t(`route.r${known}`),
      result && (isResultName(result) ? t(`result.${result}`) : result),
    ]
    return parts.filter(Boolean).join(' · ')
  }
  const entries = [...alert.steps].reverse().map((step): TimelineEntry => {
    const lines = [
      step.to && t('stepTo', { office: step.to }),
      step.from && step.from !== step.to && t('stepFrom', { office: step.from }),
      step.note,
    ].filter((line): line is string => typeof line === 'string' && line !== '')
    return {
      id: step.id,
      at: minuteText(step.at),
      title: titleOf(step),
      by: step.actor ?? t('stepBySystem'),
      tone: tones[step.step],
      body:
        lines.length === 0 ? undefined : (
          <ul className="alert-step">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ),
    }
  })
  return (
    <Section title={t('detail.history')}>
      <Timeline label={t('detail.history')} entries={entries} />
    </Section>
  )
}
