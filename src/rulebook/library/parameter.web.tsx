import { Link, useParams } from 'react-router'
import { type Fen, yuanTextOf } from '#base'
import {
  type Column,
  DataTable,
  Facts,
  FilterBar,
  Loaded,
  Page,
  Section,
  StatusTag,
  usePermission,
  useTexts,
} from '#ui/web'
import type { ParameterValueView } from './contract.ts'
import { LibraryHelp, useWhenFilters } from './library.web.tsx'
import { useParameter } from './library-queries.web.ts'
import { Citation, PolicyTabs, usePick, useWhenFields } from './parts.web.tsx'
import { libraryTexts } from './texts.ts'

/** A parameter as its page reads it. */
export type Parameter = NonNullable<ReturnType<typeof useParameter>['data']>

/** One parameter: what holds, what it may be, who uses it, and all its values with their sources. */
export const ParameterPage = () => {
  const { name = '' } = useParams()
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  const filters = useWhenFilters()
  const read = useParameter(name, filters.values)
  const { data } = read
  const mayPropose = usePermission('policy.propose')
  const fields = useWhenFields(data?.places)
  const title = data ? pick(data.label) : t('parameters.title')
  return (
    <Page
      title={title}
      breadcrumbs={[
        { label: t('title'), to: '/policies' },
        { label: t('parameters.title'), to: '/policies/parameters' },
        { label: title },
      ]}
      lead={data && t('asOf', { on: data.on, region: data.region.name })}
      actions={
        mayPropose &&
        data && (
          <Link className="dd-link-button dd-link-primary" to={`/policies/parameters/${name}/propose`}>
            {t('parameter.propose')}
          </Link>
        )
      }
      help={<LibraryHelp />}
    >
      <PolicyTabs />
      <Loaded of={read} lines={8}>
        {(data) => (
          <>
            <FilterBar fields={fields} filters={filters} />
            <About parameter={data} />
            <History values={data.values} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

const History = ({ values }: { readonly values: readonly ParameterValueView[] }) => {
  const { t } = useTexts(libraryTexts)
  return (
    <Section title={t('parameter.history')}>
      <DataTable
        caption={t('parameter.caption')}
        columns={useColumns()}
        rows={values}
        rowKey={({ from, region, layer }) => `${from} ${region.code} ${layer}`}
        rowLabel={({ from, region }) => `${region.name} ${from}`}
      />
    </Section>
  )
}

const About = ({ parameter }: { readonly parameter: Parameter }) => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  const { values, floors, options, usedBy, openProposals } = parameter
  const now = values.find(({ holds }) => holds)
  const items = [
    {
      label: t('parameter.now'),
      value: now?.value ? (
        <strong>{pick(now.value)}</strong>
      ) : (
        <StatusTag tone="orange">{t('open')}</StatusTag>
      ),
    },
    { label: t('parameter.range'), value: <Allowed parameter={parameter} /> },
    ...(options.length > 0
      ? [{ label: t('parameter.options'), value: options.map(({ label }) => pick(label)).join(t('joint')) }]
      : []),
    ...floors.map(({ name, label, times }) => ({
      label: t('parameter.floors'),
      value: (
        <Link to={`/policies/parameters/${name}`}>
          {times === '1'
            ? t('parameter.floorOf', { label: pick(label) })
            : t('parameter.floorTimes', { label: pick(label), times })}
        </Link>
      ),
    })),
    { label: t('parameter.pack'), value: parameter.pack },
  ]
  return (
    <>
      {openProposals > 0 && (
        <p role="note">
          <Link to={`/policies/proposals?state=open&parameter=${parameter.name}`}>
            {t('parameter.waiting', { count: openProposals })}
          </Link>
        </p>
      )}
      <Section title={t('parameter.now')}>
        <Facts items={items} />
      </Section>
      <Section title={t('parameter.usedBy')}>
        {usedBy.length === 0 ? (
          <p className="dd-quiet">{t('parameter.unused')}</p>
        ) : (
          <ul className="policy-list">
            {usedBy.map(({ kind, id, name }) => (
              <li key={`${kind} ${id}`}>
                <Link to={`/policies/entries/${kind}/${id}`}>{pick(name)}</Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}

const Allowed = ({ parameter: { low, high, unit, type } }: { readonly parameter: Parameter }) => {
  const { t } = useTexts(libraryTexts)
  if (low === null || high === null) return <>{t(`parameter.type.${type}`)}</>
  const sign = unit === null ? '' : t(`parameter.units.${unit as 'fen'}`)
  const said = (value: number) => (unit === 'fen' ? yuanTextOf(value as Fen) : String(value))
  return (
    <>
      {t('parameter.rangeOf', { low: said(low), high: said(high) })} {sign}
    </>
  )
}

const useColumns = (): readonly Column<ParameterValueView>[] => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  return [
    {
      id: 'value',
      title: t('parameters.value'),
      isMain: true,
      cell: ({ value, holds }) => (
        <>
          {value ? pick(value) : t('open')}{' '}
          {holds && <StatusTag tone="good">{t('parameter.holds')}</StatusTag>}
        </>
      ),
    },
    {
      id: 'period',
      title: t('parameter.period'),
      cell: ({ from, until }) => (
        <>
          {from} {until ? t('parameter.until', { until }) : t('parameter.standing')}
        </>
      ),
    },
    { id: 'region', title: t('parameters.region'), cell: ({ region }) => region.name },
    {
      id: 'source',
      title: t('parameters.source'),
      cell: ({ source, isDemo, release, layer, checkedOn, note }) => (
        <>
          {isDemo && !release && <StatusTag tone="yellow">{t('demo')}</StatusTag>}{' '}
          {source && <Citation citation={source} />}
          {note && <span className="policy-says">{pick(note)}</span>}
          <span className="dd-quiet policy-says">
            {release ? (
              <Link to={`/policies/proposals/${release.id}`}>
                {t('parameter.by', {
                  number: String(release.number),
                  proposer: release.proposedBy,
                  releaser: release.releasedBy,
                })}
              </Link>
            ) : (
              t('parameter.fromFile', { pack: layer })
            )}
            {checkedOn && ` · ${t('parameter.checkedOn', { on: checkedOn })}`}
          </span>
        </>
      ),
    },
  ]
}
