import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useParams } from 'react-router'
import { callRoute, dateFrom, minuteText } from '#access/web'
import {
  DateText,
  ErrorState,
  Facts,
  LoadingSkeleton,
  MaskedText,
  Page,
  Section,
  StatusTag,
  usePermission,
  useTexts,
} from '#ui/web'
import { ChainSection } from '../chain/chain.web.tsx'
import { useLabels } from '../labels/labels.web.ts'
import { type LeadFile, readLead, revealLeadNumber } from './contract.ts'
import { DismissDialog } from './dismiss-dialog.web.tsx'
import { leadTexts } from './texts.ts'
import '../household/household.css'

interface LeadFilePageProps {
  /** What other rooms say about the lead, such as its open alerts. */
  readonly widgets?: (leadId: string) => ReactNode
}

/** The file of somebody known only from department data. */
export const LeadFilePage = ({ widgets }: LeadFilePageProps) => {
  const { id = '' } = useParams()
  return <LeadView key={id} id={id} widgets={widgets} />
}

const LeadView = ({ id, widgets }: LeadFilePageProps & { readonly id: string }) => {
  const { t } = useTexts(leadTexts)
  const { label } = useLabels()
  const mayDismiss = usePermission('adjudication.decide')
  const [isAsking, setIsAsking] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: [readLead.path, id],
    queryFn: ({ signal }) => callRoute(readLead, { params: { id }, signal }),
  })
  return (
    <Page
      title={t('file.title')}
      breadcrumbs={[{ label: t('title'), to: '/leads' }, { label: t('file.title') }]}
      marks={
        data && (
          <StatusTag tone={data.status === 'open' ? 'orange' : 'neutral'}>
            {label('leadStatus', data.status)}
          </StatusTag>
        )
      }
      actions={
        mayDismiss &&
        data?.status === 'open' && <Button onClick={() => setIsAsking(true)}>{t('dismiss.button')}</Button>
      }
      help={<p>{t('help')}</p>}
    >
      {data ? (
        <div className="registry-lead">
          <div className="registry-lead-main">
            <Who lead={data} />
            {widgets?.(data.id)}
          </div>
          <ChainSection subject={{ kind: 'lead', id: data.id }} />
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={8} />
      )}
      {isAsking && data && <DismissDialog lead={data} onClose={() => setIsAsking(false)} />}
    </Page>
  )
}

const Who = ({ lead }: { readonly lead: LeadFile }) => {
  const { t } = useTexts(leadTexts)
  const { feedName, join } = useLabels()
  const mayReveal = usePermission('person.reveal')
  const reveal = async (reason: string): Promise<string> =>
    (await callRoute(revealLeadNumber, { params: { id: lead.id }, body: { reason } })).number
  const { kind, period } = lead.firstFeed
  return (
    <Section title={t('file.who')}>
      <Facts
        items={[
          { label: t('column.name'), value: lead.name ?? undefined },
          { label: t('column.born'), value: <DateText date={dateFrom(lead.birthDate) ?? undefined} /> },
          {
            label: t('column.number'),
            value:
              lead.number === null ? (
                t('noNumber')
              ) : (
                <MaskedText
                  masked={lead.number}
                  what={t('file.number')}
                  {...(mayReveal ? { onReveal: reveal } : {})}
                />
              ),
          },
          { label: t('column.place'), value: lead.place },
          { label: t('column.kinds'), value: join(lead.feedKinds.map(feedName)) },
          {
            label: t('file.firstFeed'),
            value: kind === null ? undefined : t('file.feed', { kind: feedName(kind), period: period ?? '' }),
          },
          { label: t('column.seen'), value: minuteText(lead.firstSeenAt) },
        ]}
      />
    </Section>
  )
}
