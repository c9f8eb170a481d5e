import { addressOf } from '#access/web'
import { Icon, useTexts } from '#ui/web'
import { type AlertQuery, useAlertCounts } from '../alerts/alert-queries.web.ts'
import { exportAlerts, mostExported } from './contract.ts'
import { exportTexts } from './texts.ts'

/** The list as a file, by the filters of the page; says beforehand when it will not hold all. */
export const ExportLink = ({ query }: { readonly query: AlertQuery }) => {
  const { t, language } = useTexts(exportTexts)
  const total = useAlertCounts(query).data?.total ?? 0
  if (total === 0) return null
  const search = new URLSearchParams({ ...(query as Record<string, string>), language })
  return (
    <>
      {total > mostExported && (
        <span className="dd-quiet" role="status">
          {t('tooMany', { total, most: mostExported })}
        </span>
      )}
      <a className="dd-link-button" href={`${addressOf(exportAlerts)}?${search}`} title={t('hint')} download>
        <Icon name="download" /> {t('action')}
      </a>
    </>
  )
}
