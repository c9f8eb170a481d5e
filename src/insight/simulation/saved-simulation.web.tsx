import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import type { ReplyOf } from '#access'
import { minuteText } from '#access/web'
import {
  ErrorState,
  Facts,
  Icon,
  Loaded,
  Page,
  Section,
  StatusTag,
  takeFocus,
  usePermission,
  useTexts,
} from '#ui/web'
import { SavedCliff } from './cliff.web.tsx'
import type { readSimulation } from './contract.ts'
import { SimulationHelp, usePick } from './parts.web.tsx'
import { Report } from './report-view.web.tsx'
import { useChecking, useSimulation } from './simulation-queries.web.ts'
import { simulationTexts } from './texts.ts'

type SavedReport = ReplyOf<typeof readSimulation>

/** One saved report: read, cited, printed, checked; never changed. */
export const SavedSimulationPage = () => {
  const { t } = useTexts(simulationTexts)
  const { id = '' } = useParams()
  const read = useSimulation(id)
  const { data } = read
  const mayRun = usePermission('simulation.run')
  const title = data?.title ?? t('saved.loading')
  return (
    <Page
      title={title}
      marks={data && <StatusTag>{data.number}</StatusTag>}
      breadcrumbs={[{ label: t('title'), to: '/simulations' }, { label: title }]}
      help={<SimulationHelp />}
      actions={
        data && (
          <>
            {mayRun && (
              <Link className="dd-link-button" to={`/simulations/new?report=${id}`}>
                {t('saved.again')}
              </Link>
            )}
            <Button icon={<Icon name="print" />} onClick={() => window.print()}>
              {t('saved.print')}
            </Button>
          </>
        )
      }
    >
      <Loaded of={read} lines={12}>
        {(data) => <SavedView report={data} />}
      </Loaded>
    </Page>
  )
}

const SavedView = ({ report }: { readonly report: SavedReport }) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { number, title, savedBy, savedAt, result, typical, cliff, resultHash, rulesChanged } = report
  const at = minuteText(savedAt)
  const names = new Map(
    [...result.programmes.map(({ programme, name }) => ({ id: programme, name })), ...result.untouched].map(
      ({ id, name }) => [id, pick(name)],
    ),
  )
  return (
    <>
      {rulesChanged && (
        <p className="simulation-stale">
          <Icon name="info" /> {t('saved.rulesChanged')}
        </p>
      )}
      <div className="dd-card">
        <Facts
          items={[
            { label: t('saved.number'), value: <strong>{number}</strong> },
            { label: t('saved.savedBy'), value: savedBy },
            { label: t('saved.savedAt'), value: at },
          ]}
        />
        <p className="simulation-cite">{t('saved.cite', { number, title, at })}</p>
      </div>
      <Report result={result} name={number} resultHash={resultHash}>
        {typical && cliff && (
          <SavedCliff
            chart={cliff}
            typical={typical}
            programmeName={(id) => names.get(id) ?? id}
            name={number}
          />
        )}
      </Report>
      <CheckSection id={report.id} />
    </>
  )
}

/** Computes the report again from what was frozen, and says what comes of it. */
const CheckSection = ({ id }: { readonly id: string }) => {
  const { t } = useTexts(simulationTexts)
  const { data, error, isPending, mutate } = useChecking(id)
  return (
    <div className="dd-no-print">
      <Section title={t('saved.check')}>
        <p className="dd-quiet">{t('saved.checkBody')}</p>
        <div className="simulation-actions">
          <Button loading={isPending} onClick={() => mutate()}>
            {isPending ? t('saved.checking') : t('saved.check')}
          </Button>
        </div>
        {error && !isPending && <ErrorState error={error} onRetry={() => mutate()} takesFocus />}
        {data && !isPending && (
          <p
            className={data.replay === 'same' ? 'simulation-same' : 'simulation-stale'}
            tabIndex={-1}
            ref={takeFocus}
          >
            <Icon name={data.replay === 'same' ? 'check' : 'warning'} /> {t(`saved.replays.${data.replay}`)}
          </p>
        )}
      </Section>
    </div>
  )
}
