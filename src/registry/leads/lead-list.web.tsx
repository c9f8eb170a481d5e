import { minuteText } from '#access/web'
import { feedDefinition, feedKinds } from '#exchange'
import { type Column, StatusTag, useTexts } from '#ui/web'
import { ExportLeads } from '../export/export.web.tsx'
import { useLabels } from '../labels/labels.web.ts'
import { FeedRowList } from '../list/feed-row-list.web.tsx'
import { type LeadLine, listLeadsRoute } from './contract.ts'
import { leadTexts } from './texts.ts'

const kindsThatOpenLeads = feedKinds.filter((kind) => feedDefinition(kind).opensLeads)

/** People outside the registry whom department data know. */
export const LeadListPage = () => {
  const { t } = useTexts(leadTexts)
  const { label } = useLabels()
  const columns = useLeadColumns()
  return (
    <FeedRowList<LeadLine>
      route={listLeadsRoute}
      words={{
        title: t('title'),
        lead: t('lead'),
        caption: t('caption'),
        done: t('filter.closed'),
        kind: t('filter.kind'),
        none: { title: t('none.title'), body: t('none.body'), filtered: t('none.filtered') },
      }}
      help={<p>{t('help')}</p>}
      icon="flag"
      done="closed"
      kinds={kindsThatOpenLeads}
      columns={() => columns}
      rowLabel={(lead) => (lead.name === null ? t('noName') : label('maskedName', lead.name))}
      hrefOf={(lead) => `/leads/${lead.id}`}
      toolbar={(values) => <ExportLeads values={values} />}
    />
  )
}

const useLeadColumns = (): readonly Column<LeadLine>[] => {
  const { t } = useTexts(leadTexts)
  const { label, feedName, join } = useLabels()
  return [
    {
      id: 'name',
      title: t('column.name'),
      isMain: true,
      width: '8em',
      cell: (lead) => (lead.name === null ? t('noName') : label('maskedName', lead.name)),
    },
    {
      id: 'born',
      title: t('column.born'),
      cell: (lead) =>
        lead.birthDate === null ? null : (
          <span className="dd-figures">
            {lead.birthDate}
            {lead.age !== null && <span className="dd-quiet"> {t('age', { age: String(lead.age) })}</span>}
          </span>
        ),
    },
    {
      id: 'number',
      title: t('column.number'),
      showFrom: 'wide',
      cell: (lead) =>
        lead.number === null ? <span className="dd-quiet">{t('noNumber')}</span> : <code>{lead.number}</code>,
    },
    { id: 'kinds', title: t('column.kinds'), cell: (lead) => join(lead.feedKinds.map(feedName)) },
    { id: 'place', title: t('column.place'), cell: (lead) => lead.place },
    {
      id: 'seen',
      title: t('column.seen'),
      showFrom: 'wide',
      cell: (lead) => <span className="dd-figures">{minuteText(lead.firstSeenAt)}</span>,
    },
    {
      id: 'status',
      title: t('column.status'),
      onCard: 'head',
      cell: (lead) => (
        <StatusTag tone={lead.status === 'open' ? 'orange' : 'neutral'}>
          {label('leadStatus', lead.status)}
        </StatusTag>
      ),
    },
  ]
}
