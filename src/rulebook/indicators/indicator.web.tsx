import { Link, useParams } from 'react-router'
import { Facts, Loaded, Page, Section, StatusTag, usePermission, useTexts } from '#ui/web'
import { Plain, PolicyTabs, usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import type { IndicatorVersion } from './contract.ts'
import { DifferencesTable } from './differences.web.tsx'
import { useIndicator } from './indicator-queries.web.ts'
import { indicatorTexts } from './texts.ts'
import './indicators.css'

/** One indicator: its versions, the latest first, and what each changed. */
export const IndicatorPage = () => {
  const { id = '' } = useParams()
  const { t } = useTexts(indicatorTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const pick = usePick()
  const read = useIndicator(id)
  const { data } = read
  const mayPropose = usePermission('policy.propose')
  const title = data ? pick(data.name) : t('list.title')
  return (
    <Page
      title={title}
      breadcrumbs={[
        { label: tLibrary('title'), to: '/policies' },
        { label: t('list.title'), to: '/policies/indicators' },
        { label: title },
      ]}
      help={<p>{t('list.help')}</p>}
    >
      <PolicyTabs />
      <Loaded of={read} lines={8}>
        {(data) => (
          <>
            {mayPropose && (
              <div className="policy-actions">
                <Link className="dd-link-button" to={`/policies/indicators/${id}/edit`}>
                  {t('one.edit')}
                </Link>
                <Link className="dd-link-button" to={`/policies/indicators/${id}/edit?as=new`}>
                  {t('one.copy')}
                </Link>
              </div>
            )}
            {data.versions.map((version) => (
              <VersionView key={version.key} version={version} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  )
}

const tones = { scheduled: 'primary', inForce: 'good', replaced: 'neutral', ended: 'neutral' } as const

const VersionView = ({ version }: { readonly version: IndicatorVersion }) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const { from, until, region, number, proposalId, state, plain, written, sources, differs } = version
  const days = [t('one.fromDay', { from }), ...(until ? [t('one.untilDay', { until })] : [])].join(' ')
  return (
    <Section title={`${region?.name ?? t('list.everywhere')} ${days}`}>
      <p>
        <StatusTag tone={tones[state]}>{t(`one.states.${state}`)}</StatusTag>{' '}
        {proposalId && number !== null ? (
          <Link to={`/policies/indicator-proposals/${proposalId}`}>
            {t('one.number', { number: String(number) })}
          </Link>
        ) : (
          t('one.shipped')
        )}
      </p>
      <Plain plain={plain} />
      <details className="indicator-written">
        <summary>{t('one.written')}</summary>
        <pre>{written}</pre>
      </details>
      <Facts
        items={[
          {
            label: t('one.sources'),
            value: sources
              .map(({ title, number: of, clause }) => `${pick(title)}${of ? `（${of}）` : ''} ${clause}`)
              .join('；'),
          },
        ]}
      />
      {version.differsFrom && (
        <>
          <h3>{t('one.differs')}</h3>
          <DifferencesTable differences={differs} />
        </>
      )}
    </Section>
  )
}
