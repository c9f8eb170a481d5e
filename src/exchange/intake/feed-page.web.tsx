import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { addressOf, callRoute, instantFrom } from '#access/web'
import { sizeText } from '#ui'
import {
  Count,
  ErrorState,
  Facts,
  Icon,
  InstantText,
  LoadingSkeleton,
  Page,
  Section,
  StatusTag,
  useConfirm,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { feedDefinition, isFeedKind } from '../feeds.ts'
import { useNames } from '../names/names.web.ts'
import { cancelFeed, downloadRejects } from './contract.ts'
import { DecisionDialog, type DecisionKind } from './decision.web.tsx'
import { type FeedDetail, feedKeys, isUnderWay, toneOfStatus, useFeed } from './feed-queries.web.ts'
import { RejectTable } from './reject-table.web.tsx'
import { intakeTexts } from './texts.ts'
import './intake.css'

/** One file: how far it is, its counts, why rows or all of it were not used, and what may be decided about it. */
export const FeedPage = () => {
  const { id = '' } = useParams()
  return <FeedView key={id} id={id} />
}

const FeedView = ({ id }: { readonly id: string }) => {
  const { t } = useTexts(intakeTexts)
  const names = useNames()
  const { data, error, refetch } = useFeed(id)
  const [deciding, setDeciding] = useState<DecisionKind>()
  const title = data
    ? [data.kind ? names.kind(data.kind) : t('unknownKind'), data.period].filter(Boolean).join(' ')
    : t('title')
  return (
    <Page
      title={title}
      breadcrumbs={[{ label: t('title'), to: '/feeds' }, { label: title }]}
      marks={data && <StatusTag tone={toneOfStatus[data.status]}>{t(`status.${data.status}`)}</StatusTag>}
      lead={data && <span className="exchange-file-name">{data.fileName}</span>}
      actions={data && <Actions feed={data} onDecide={setDeciding} />}
      help={
        <>
          <p>{t('help.what')}</p>
          <p>{t('help.who')}</p>
        </>
      }
    >
      {data ? (
        <Body feed={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={8} />
      )}
      {data && deciding && (
        <DecisionDialog feed={data} kind={deciding} onClose={() => setDeciding(undefined)} />
      )}
    </Page>
  )
}

const Actions = (props: { readonly feed: FeedDetail; readonly onDecide: (kind: DecisionKind) => void }) => {
  const { t } = useTexts(intakeTexts)
  const { may } = props.feed
  return (
    <>
      {may.takeBack && (
        <Button danger onClick={() => props.onDecide('takeBack')}>
          {t('takeBack.action')}
        </Button>
      )}
      {may.release && (
        <Button type="primary" onClick={() => props.onDecide('release')}>
          {t('release.action')}
        </Button>
      )}
    </>
  )
}

const Body = ({ feed }: { readonly feed: FeedDetail }) => (
  <>
    <Refusal feed={feed} />
    <Quarantine feed={feed} />
    {isUnderWay(feed.status) ? <Progress feed={feed} /> : feed.refusal ? null : <Counts feed={feed} />}
    <Decision feed={feed} />
    {feed.rowsRejected > 0 && <Rejects feed={feed} />}
    <FileFacts feed={feed} />
  </>
)

const useCancel = (feed: FeedDetail) => {
  const { t } = useTexts(intakeTexts)
  const toast = useToast()
  return useWrite({
    write: (_: undefined, { idempotencyKey }) =>
      callRoute(cancelFeed, { params: { id: feed.id }, idempotencyKey }),
    invalidates: feedKeys,
    onDone: ({ status }) => toast({ text: t(status === 'refused' ? 'stop.done' : 'stop.asked') }),
  })
}

const Cancel = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t } = useTexts(intakeTexts)
  const confirm = useConfirm()
  const cancel = useCancel(feed)
  const ask = async () => {
    const request = { title: t('stop.title'), body: t('stop.body'), action: t('stop.action') }
    const { confirmed } = await confirm({ ...request, isDangerous: true })
    if (confirmed) cancel.mutate(undefined)
  }
  return (
    <Button danger loading={cancel.isPending} onClick={() => void ask()}>
      {t('stop.action')}
    </Button>
  )
}

const HowFar = ({ progress }: { readonly progress: NonNullable<FeedDetail['progress']> }) => {
  const { t } = useTexts(intakeTexts)
  const { percent, received, accepted, rejected, rowsPerSecond, secondsLeft } = progress
  const left =
    secondsLeft === null
      ? undefined
      : secondsLeft < 90
        ? t('detail.secondsLeft', { count: Math.max(1, secondsLeft) })
        : t('detail.minutesLeft', { count: Math.ceil(secondsLeft / 60) })
  return (
    <>
      <progress className="exchange-progress" aria-label={t('detail.progress')} max={100} value={percent} />
      <p className="dd-figures">
        {t('detail.soFar', { percent, received, accepted, rejected })}
        <br />
        <span className="dd-quiet">
          {[t('detail.speed', { rows: rowsPerSecond }), left].filter(Boolean).join(t('detail.and'))}
        </span>
      </p>
    </>
  )
}

const Progress = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t } = useTexts(intakeTexts)
  const { progress } = feed
  const steps = ['received', 'reading', 'done'] as const
  const at = feed.status === 'reading' ? 1 : 0
  return (
    <Section title={t('detail.progress')} actions={feed.may.cancel && <Cancel feed={feed} />}>
      <ol className="feed-steps">
        {steps.map((step, index) => (
          <li
            key={step}
            data-state={index < at ? 'done' : undefined}
            aria-current={index === at ? 'step' : undefined}
          >
            {index < at && <Icon name="check" />}
            {t(`detail.steps.${step}`)}
          </li>
        ))}
      </ol>
      <p role="status">
        {progress?.isStopping
          ? t('detail.stopping')
          : feed.status === 'reading'
            ? t('detail.reading')
            : t('detail.waiting')}
      </p>
      {progress && <HowFar progress={progress} />}
    </Section>
  )
}

const Counts = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t } = useTexts(intakeTexts)
  return (
    <Section title={t('detail.counts')}>
      <p className="feed-equation" role="status">
        {t('detail.equation', {
          rowsIn: feed.rowsIn,
          accepted: feed.rowsAccepted,
          rejected: feed.rowsRejected,
        })}
      </p>
      {feed.reasons.length === 0 ? (
        <p className="dd-quiet">{t('detail.noRejects')}</p>
      ) : (
        <Reasons reasons={feed.reasons} />
      )}
      {feed.rowsSetAside > 0 && <p>{t('detail.setAside', { count: feed.rowsSetAside })}</p>}
    </Section>
  )
}

const Reasons = ({ reasons }: Pick<FeedDetail, 'reasons'>) => {
  const { t } = useTexts(intakeTexts)
  const names = useNames()
  return (
    <table className="dd-table">
      <caption className="dd-unseen">{t('detail.reasons')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('detail.reasons')}</th>
          <th scope="col" className="dd-end">
            {t('detail.count')}
          </th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(({ reason, text, count }) => (
          <tr key={reason}>
            <th scope="row">{names.text(text)}</th>
            <td className="dd-end">
              <Count value={count} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Refusal = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t } = useTexts(intakeTexts)
  if (!feed.refusal) return null
  const isUnknown = feed.refusal.code === 'exchange.unknown-layout'
  return (
    <section className="feed-notice feed-notice-red">
      <h2>{t('detail.refused')}</h2>
      <p>{feed.refusal.detail}</p>
      <p>{t(feed.refusal.code === 'exchange.cancelled' ? 'detail.cancelledNext' : 'detail.refusedNext')}</p>
      {isUnknown && (
        <p>
          <Link to={feed.kind ? `/layouts/new?kind=${feed.kind}` : '/layouts/new'}>
            {t('detail.makeLayout')}
          </Link>
        </p>
      )}
    </section>
  )
}

const Quarantine = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t } = useTexts(intakeTexts)
  const names = useNames()
  if (feed.quarantine.length === 0 || feed.status === 'taken-back') return null
  return (
    <section className="feed-notice">
      <h2>{t('detail.quarantine')}</h2>
      <ul>
        {feed.quarantine.map((reason) => (
          <li key={reason.code + reason.zh}>{names.text(reason)}</li>
        ))}
      </ul>
      {feed.status === 'quarantined' && <p>{t('detail.quarantineBody')}</p>}
    </section>
  )
}

const Decision = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t } = useTexts(intakeTexts)
  const { decision, status } = feed
  if (!decision) return null
  const at = instantFrom(decision.at)
  const word = status === 'accepted' || status === 'taken-back' || status === 'refused' ? status : 'other'
  return (
    <Section title={t('detail.decision')}>
      <Facts
        items={[
          { label: t('detail.decision'), value: t(`detail.decided.${word}`) },
          { label: t('detail.decidedBy'), value: decision.by },
          { label: t('detail.decidedAt'), value: at && <InstantText at={at} /> },
          { label: t('detail.decisionReason'), value: decision.reason || null },
        ]}
      />
    </Section>
  )
}

const Rejects = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t } = useTexts(intakeTexts)
  return (
    <Section
      title={t('detail.rejects')}
      actions={
        feed.may.rejects && (
          <a className="dd-link-button" href={addressOf(downloadRejects, { id: feed.id })} download>
            <Icon name="download" />
            {t('detail.download')}
          </a>
        )
      }
    >
      {feed.may.rejects && (
        <p className="dd-quiet">
          {t('detail.mend')} <Link to="/feeds/upload">{t('detail.mendUpload')}</Link>
        </p>
      )}
      <RejectTable feedId={feed.id} />
    </Section>
  )
}

const FileFacts = ({ feed }: { readonly feed: FeedDetail }) => {
  const { t, language } = useTexts(intakeTexts)
  const names = useNames()
  const at = instantFrom(feed.receivedAt)
  const { kind, layoutId, layoutTitle, layoutVersion } = feed
  return (
    <Section title={t('detail.facts')}>
      <Facts
        items={[
          { label: t('column.kind'), value: kind ? names.kind(kind) : t('unknownKind') },
          {
            label: t('detail.sender'),
            value: kind && isFeedKind(kind) ? names.department(feedDefinition(kind).sender) : undefined,
          },
          { label: t('column.period'), value: feed.period ?? undefined },
          { label: t('column.region'), value: feed.region.name || feed.region.code },
          { label: t('column.receivedAt'), value: at && <InstantText at={at} /> },
          { label: t('detail.receivedBy'), value: feed.receivedBy },
          { label: t('detail.size'), value: sizeText(feed.sizeBytes) },
          {
            label: t('detail.layout'),
            value: layoutId && (
              <>
                <Link to={`/layouts/${layoutId}`}>
                  {layoutTitle ? layoutTitle[language === 'en' ? 'en' : 'zh'] : layoutId}
                </Link>{' '}
                {layoutVersion !== null &&
                  (layoutVersion === 0
                    ? t('detail.layoutShipped')
                    : t('detail.layoutVersion', { version: layoutVersion }))}
              </>
            ),
          },
          { label: t('detail.digest'), value: <span className="feed-digest">{feed.sha256}</span> },
        ]}
      />
    </Section>
  )
}
