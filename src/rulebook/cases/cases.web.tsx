import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { callRoute } from '#access/web'
import { fen, yuanTextOf } from '#base'
import type { FilterField } from '#ui'
import { type Column, DataTable, EmptyState, FilterBar, Page, StatusTag, useFilters, useTexts } from '#ui/web'
import { PolicyTabs, usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import { type CaseView, readCases } from './contract.ts'
import { caseTexts } from './texts.ts'

const anyFields: readonly FilterField[] = (['pack', 'subject', 'only'] as const).map((id) => ({
  id,
  kind: 'text',
  label: '',
}))

const useCases = (pack: string | undefined) =>
  useQuery({
    queryKey: [readCases.path, pack],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(readCases, { query: pack ? { pack } : {}, signal }),
  })

/** The cases of a pack as they come out now: what was expected, what was got. */
export const CasesPage = () => {
  const { t } = useTexts(caseTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const filters = useFilters(anyFields)
  const { pack, subject, only } = filters.values
  const { data, error, refetch } = useCases(pack)
  const fields = useFields(data)
  const rows = data?.cases.filter(
    ({ about, passed }) =>
      (!subject || about.includes(subject)) &&
      (only !== 'failed' || !passed) &&
      (only !== 'passed' || passed),
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      breadcrumbs={[{ label: tLibrary('title'), to: '/policies' }, { label: t('title') }]}
      help={<p>{t('help')}</p>}
    >
      <PolicyTabs />
      <FilterBar fields={fields} filters={filters} />
      {data && (
        <p>
          {t('figures', {
            all: String(data.cases.length),
            passed: String(data.passed),
            failed: String(data.failed),
          })}
        </p>
      )}
      <DataTable
        caption={t('caption')}
        columns={useColumns()}
        rows={rows}
        error={error ?? undefined}
        onRetry={() => void refetch()}
        rowKey={({ id, name, on }) => `${id} ${name} ${on}`}
        rowLabel={({ name }) => name}
        empty={
          <EmptyState icon="check" title={t('empty')}>
            {t('emptyBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const useFields = (data: ReturnType<typeof useCases>['data']): readonly FilterField[] => {
  const { t } = useTexts(caseTexts)
  const pick = usePick()
  return useMemo(
    () => [
      {
        id: 'pack',
        kind: 'select',
        label: t('pack'),
        emptyLabel: data?.packs[0] ? pick(data.packs[0].title) : t('all'),
        options: (data?.packs ?? []).slice(1).map(({ id, title }) => ({ value: id, label: pick(title) })),
      },
      {
        id: 'subject',
        kind: 'select',
        label: t('subject'),
        emptyLabel: t('everySubject'),
        options: (data?.subjects ?? []).map(({ id, name }) => ({ value: id, label: pick(name) })),
      },
      {
        id: 'only',
        kind: 'select',
        label: t('only'),
        emptyLabel: t('all'),
        options: [
          { value: 'failed', label: t('failed') },
          { value: 'passed', label: t('passed') },
        ],
      },
    ],
    [t, pick, data],
  )
}

/** A value of a case as people read it. */
const useSaid = (): ((value: string, isMoney: boolean) => string) => {
  const { t } = useTexts(caseTexts)
  return (value, isMoney) => {
    if (isMoney && /^-?\d+$/u.test(value))
      return t('values.money', { amount: yuanTextOf(fen(Number(value))) })
    if (value === 'true' || value === 'false' || value === 'null') return t(`values.${value}`)
    return value.replace(/^unknown/u, t('values.unknown'))
  }
}

const useColumns = (): readonly Column<CaseView>[] => {
  const { t } = useTexts(caseTexts)
  return [
    { id: 'id', title: t('id'), cell: ({ id }) => <code>{id}</code> },
    {
      id: 'name',
      title: t('name'),
      isMain: true,
      cell: ({ name, disputed }) => (
        <>
          {name}
          {disputed && <span className="dd-quiet policy-says">{t('disputed', { why: disputed })}</span>}
        </>
      ),
    },
    { id: 'on', title: t('on'), showFrom: 'wide', width: '8em', cell: ({ on }) => on ?? '—' },
    { id: 'answers', title: t('answers'), cell: (row) => <Answers answers={row.answers} /> },
    {
      id: 'result',
      title: t('result'),
      onCard: 'head',
      cell: ({ passed }) => (
        <StatusTag tone={passed ? 'good' : 'red'}>{t(passed ? 'isPassed' : 'isFailed')}</StatusTag>
      ),
    },
  ]
}

const Answers = ({ answers }: { readonly answers: CaseView['answers'] }) => {
  const { t } = useTexts(caseTexts)
  const pick = usePick()
  const said = useSaid()
  return (
    <ul className="policy-citations">
      {answers.map(({ path, label, expected, actual, isMoney, passed }) => (
        <li key={path}>
          {pick(label)}
          {path.includes('[') && <span className="dd-quiet"> {path.split('.').slice(0, -1).join('.')}</span>}
          {': '}
          {passed ? (
            t('same', { expected: said(expected, isMoney) })
          ) : (
            <strong>
              {t('expected', { expected: said(expected, isMoney) })} ·{' '}
              {t('got', { actual: said(actual, isMoney) })}
            </strong>
          )}
        </li>
      ))}
    </ul>
  )
}
