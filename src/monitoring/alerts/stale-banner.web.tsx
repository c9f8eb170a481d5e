import type { ReplyOf } from '#access'
import { Icon, useTexts } from '#ui/web'
import type { listAlerts } from './contract.ts'
import { alertTexts, isNamedFeed } from './texts.ts'

type Stale = ReplyOf<typeof listAlerts>['stale'][number]

/** Says which department data are too old for their indicators, so that no silence is taken for "nothing happened". */
export const StaleBanner = ({ stale }: { readonly stale: readonly Stale[] }) => {
  const { t } = useTexts(alertTexts)
  if (stale.length === 0) return null
  const lineOf = ({ feed, period, days }: Stale) => {
    const name = isNamedFeed(feed) ? t(`feed.${feed}`) : feed
    if (days === null) return t('stale.never', { feed: name })
    return t('stale.period', { feed: name, period: period ?? '–', days })
  }
  return (
    <details className="alert-stale dd-tone-yellow">
      <summary>
        <Icon name="warning" /> {t('stale.title', { count: stale.length })}
        <span className="alert-stale-more">{t('stale.more')}</span>
      </summary>
      <ul>
        {stale.map((one) => (
          <li key={one.feed}>{lineOf(one)}</li>
        ))}
      </ul>
    </details>
  )
}
