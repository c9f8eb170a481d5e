import { Link, useParams } from 'react-router'
import { Count, Facts, GradeBadge, Loaded, Page, Section, StatusTag, usePermission, useTexts } from '#ui/web'
import type { ScanRow } from './contract.ts'
import { type ScanFiguresShown, shownFigures } from './figures.ts'
import { ScanHelp } from './scan-list.web.tsx'
import { At, Duration, ScanProgress } from './scan-parts.web.tsx'
import { isUnderWay, toneOfScan, useScan } from './scan-queries.web.ts'
import { scanTexts } from './texts.ts'
import './scan.css'

/** One run: how far it is, or what came of it, step by step, or why it failed. */
export const ScanPage = () => {
  const { id = '' } = useParams()
  const { t } = useTexts(scanTexts)
  const read = useScan(id)
  const { data } = read
  const title = data ? t('detail.title', { date: data.businessDate }) : t('title')
  return (
    <Page
      title={title}
      help={<ScanHelp />}
      breadcrumbs={[{ label: t('title'), to: '/scans' }, { label: title }]}
      marks={data && <StatusTag tone={toneOfScan[data.status]}>{t(`status.${data.status}`)}</StatusTag>}
    >
      <Loaded of={read} lines={8}>
        {(data) => <Body scan={data} />}
      </Loaded>
    </Page>
  )
}

const Body = ({ scan }: { readonly scan: ScanRow }) => {
  const { t } = useTexts(scanTexts)
  const figures = scan.figures && shownFigures(scan.figures)
  return (
    <>
      {isUnderWay(scan.status) && (
        <Section title={t('current')}>
          <ScanProgress scan={scan} />
        </Section>
      )}
      <Failure scan={scan} />
      {figures && <Alerts figures={figures} />}
      {figures && <Stages figures={figures} />}
      <Section title={t('detail.facts')}>
        <Facts
          items={[
            { label: t('column.requestedBy'), value: scan.requestedBy ?? t('automatic') },
            { label: t('column.requestedAt'), value: <At at={scan.requestedAt} /> },
            { label: t('detail.startedAt'), value: <At at={scan.startedAt} /> },
            { label: t('detail.finishedAt'), value: <At at={scan.finishedAt} /> },
            { label: t('column.duration'), value: <Duration scan={scan} /> },
          ]}
        />
      </Section>
    </>
  )
}

const Failure = ({ scan }: { readonly scan: ScanRow }) => {
  const { t } = useTexts(scanTexts)
  if (scan.status !== 'failed' && scan.status !== 'cancelled') return null
  return (
    <section className="scan-failure">
      <h2>{t('detail.failed')}</h2>
      {scan.failure && <p>{scan.failure === 'interrupted' ? t('detail.interrupted') : scan.failure}</p>}
      <p>{t('detail.failedNext')}</p>
    </section>
  )
}

const Alerts = ({ figures }: { readonly figures: ScanFiguresShown }) => {
  const { t } = useTexts(scanTexts)
  const mayRead = usePermission('alert.read')
  const { byGrade } = figures
  const counts = figures.stages.find(({ stage }) => stage === 'raise')?.counts ?? []
  return (
    <Section title={t('detail.alerts')} actions={mayRead && <Link to="/alerts">{t('detail.desk')}</Link>}>
      <Facts
        items={counts.map(({ name, count }) => ({
          label: t(`detail.${name}`),
          value: <Count value={count} />,
        }))}
      />
      {byGrade && (
        <ul className="scan-grades" aria-label={t('detail.byGrade')}>
          {(['red', 'orange', 'yellow'] as const).map((grade) => (
            <li key={grade}>
              <GradeBadge grade={grade} /> <Count value={byGrade[grade]} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

const Stages = ({ figures }: { readonly figures: ScanFiguresShown }) => {
  const { t } = useTexts(scanTexts)
  const mayAdjudicate = usePermission('adjudication.read')
  const hasDoubtful = figures.stages.some(({ counts }) =>
    counts.some(({ name, count }) => name === 'adjudicated' && count > 0),
  )
  return (
    <Section
      title={t('detail.figures')}
      actions={mayAdjudicate && hasDoubtful && <Link to="/adjudications">{t('detail.adjudicate')}</Link>}
    >
      {figures.stages.map(({ stage, seconds, counts }) => (
        <div key={stage} className="scan-stage">
          <h3>
            {t(`stage.${stage}`)}
            {seconds !== undefined && (
              <span className="dd-quiet"> {t('detail.took', { seconds: String(seconds) })}</span>
            )}
          </h3>
          <p className="dd-quiet">{t(`stageEffect.${stage}`)}</p>
          {counts.length > 0 && stage !== 'raise' && (
            <Facts
              items={counts.map(({ name, count }) => ({
                label: t(`detail.${name}`),
                value: <Count value={count} />,
              }))}
            />
          )}
        </div>
      ))}
      {figures.checksum && (
        <p className="dd-quiet">
          {t('detail.checksum')} <code className="scan-checksum">{figures.checksum}</code>{' '}
          {t('detail.checksumHint')}
        </p>
      )}
    </Section>
  )
}
