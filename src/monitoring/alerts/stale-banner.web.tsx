import { Icon, useTexts } from '#ui/web'
import { ageLineOf } from './alert-cells.web.tsx'
import type { FeedAge } from './contract.ts'
import { alertTexts } from './texts.ts'

/** Says which department data are too old for their indicators, so that no silence is taken for "nothing happened". */
export const StaleBanner = ({ stale }: { readonly stale: readonly FeedAge[] }) => {
  const { t } = useTexts(alertTexts)
  if (stale.length === 0) return null
  return (
    <details className="alert-stale dd-tone-yellow">
      <summary>
        <Icon name="warning" /> {t('stale.title', { count: stale.length })}
        <span className="alert-stale-more dd-no-print">{t('stale.more')}</span>
      </summary>
      <ul>
        {stale.map((one) => (
          <li key={one.feed}>{ageLineOf(one, t)}</li>
        ))}
      </ul>
    </details>
  )
}
