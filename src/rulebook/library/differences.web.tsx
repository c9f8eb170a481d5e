import { useMemo } from 'react'
import { Link } from 'react-router'
import { minuteText } from '#access/web'
import type { FilterField } from '#ui'
import { type Column, DataTable, EmptyState, FilterBar, Page, StatusTag, useFilters, useTexts } from '#ui/web'
import type { Difference } from './contract.ts'
import { LibraryHelp } from './library.web.tsx'
import { useDifferences } from './library-queries.web.ts'
import { Citation, PolicyTabs, usePick } from './parts.web.tsx'
import { libraryTexts } from './texts.ts'

const names = ['from', 'until', 'region', 'pack', 'fromVersion', 'untilVersion'] as const
const anyFields: readonly FilterField[] = names.map((id) => ({ id, kind: 'text', label: '' }))

/** What differs between two days or two versions. */
export const DifferencesPage = () => {
  const { t } = useTexts(libraryTexts)
  const filters = useFilters(anyFields)
  const { data, error, refetch } = useDifferences(filters.values)
  const fields = useFields(data)
  return (
    <Page
      title={t('differences.title')}
      lead={t('differences.lead')}
      breadcrumbs={[{ label: t('title'), to: '/policies' }, { label: t('differences.title') }]}
      help={<LibraryHelp />}
    >
      <PolicyTabs />
      <FilterBar fields={fields} filters={filters} />
      {data && (
        <p className="dd-quiet">
          {data.region.name} · {data.from} → {data.until}
        </p>
      )}
      <DataTable
        caption={t('differences.caption')}
        columns={useColumns()}
        rows={data?.differences}
        error={error ?? undefined}
        onRetry={() => void refetch()}
        rowKey={({ kind, id }) => `${kind} ${id}`}
        rowLabel={({ name }) => name.zh}
        empty={
          <EmptyState icon="check" title={t('differences.none')}>
            {t('differences.noneBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useFields = (data: ReturnType<typeof useDifferences>['data']): readonly FilterField[] => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  return useMemo(() => {
    const versions = (data?.versions ?? []).map(({ hash, version, keptAt }) => ({
      value: hash,
      label: t('differences.versionOf', { version, hash: hash.slice(0, 8), at: minuteText(keptAt) }),
    }))
    const version = (id: 'fromVersion' | 'untilVersion'): FilterField => ({
      id,
      kind: 'select',
      label: t(`differences.${id}`),
      emptyLabel: t('differences.current'),
      options: versions,
      isFurther: true,
    })
    return [
      { id: 'from', kind: 'date', label: t('differences.from') },
      { id: 'until', kind: 'date', label: t('differences.until') },
      {
        id: 'region',
        kind: 'select',
        label: t('when.region'),
        emptyLabel: t('when.own'),
        options: (data?.places ?? []).map(({ code, name }) => ({ value: code, label: name })),
      },
      {
        id: 'pack',
        kind: 'select',
        label: t('differences.pack'),
        emptyLabel: t('packs.title'),
        options: (data?.packs ?? []).map(({ id, title }) => ({ value: id, label: pick(title) })),
      },
      version('fromVersion'),
      version('untilVersion'),
    ]
  }, [t, pick, data])
}

const toneOf = { added: 'good', removed: 'orange', changed: 'primary' } as const

const useColumns = (): readonly Column<Difference>[] => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  const said = (text: Difference['before']) => <span className="policy-text">{text ? pick(text) : '—'}</span>
  return [
    {
      id: 'name',
      title: t('differences.name'),
      isMain: true,
      cell: ({ kind, id, name }) =>
        kind === 'parameter' ? <Link to={`/policies/parameters/${id}`}>{pick(name)}</Link> : pick(name),
    },
    { id: 'kind', title: t('differences.kind'), cell: ({ kind }) => t(`differences.kinds.${kind}`) },
    {
      id: 'change',
      title: t('differences.change'),
      cell: ({ change }) => <StatusTag tone={toneOf[change]}>{t(`differences.changes.${change}`)}</StatusTag>,
    },
    { id: 'before', title: t('differences.before'), cell: ({ before }) => said(before) },
    { id: 'after', title: t('differences.after'), cell: ({ after }) => said(after) },
    {
      id: 'source',
      title: t('parameters.source'),
      cell: ({ source }) => (source ? <Citation citation={{ ...source, says: null }} /> : '—'),
    },
  ]
}
