import { useMemo } from 'react'
import { Link } from 'react-router'
import type { FilterField } from '#ui'
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  FilterBar,
  Page,
  StatusTag,
  useFilters,
  useTexts,
} from '#ui/web'
import { ExportPeople } from '../export/export.web.tsx'
import { useLabels } from '../labels/labels.web.ts'
import type { FoundPerson } from './contract.ts'
import { usePeople } from './search-queries.web.ts'
import { peopleTexts } from './texts.ts'

/** Finds people and opens their household's file. The text may be a number, so it stays out of the address. */
export const PersonSearchPage = () => {
  const { t } = useTexts(peopleTexts)
  const fields = useMemo<readonly FilterField[]>(
    () => [
      { id: 'q', label: t('field'), kind: 'text', placeholder: t('placeholder'), isPersonal: true },
      { id: 'anywhere', label: t('anywhere'), kind: 'check' },
    ],
    [t],
  )
  const filters = useFilters(fields)
  const text = filters.values.q?.trim() ?? ''
  const anywhere = filters.values.anywhere === '1'
  const help = (
    <>
      <p>{t('help.how')}</p>
      <p>{t('help.privacy')}</p>
    </>
  )
  return (
    <Page title={t('title')} lead={t('lead')} help={help}>
      <FilterBar fields={fields} filters={filters} />
      {text === '' ? (
        <EmptyState icon="search" title={t('start.title')}>
          {t('start.body')}
        </EmptyState>
      ) : (
        <FoundPeople key={`${anywhere} ${text}`} text={text} anywhere={anywhere} />
      )}
    </Page>
  )
}

const FoundPeople = ({ text, anywhere }: { readonly text: string; readonly anywhere: boolean }) => {
  const { t } = useTexts(peopleTexts)
  const { by, ...list } = usePeople(text, anywhere)
  const { label } = useLabels()
  const columns = usePeopleColumns()
  if (list.error) return <ErrorState error={list.error} onRetry={list.onRetry} />
  return (
    <DataTable
      {...list}
      caption={t('caption')}
      columns={columns}
      rowKey={(person) => person.id}
      rowLabel={(person) => (person.name === null ? t('noName') : label('maskedName', person.name))}
      hrefOf={(person) => `/households/${person.household.id}`}
      toolbar={
        by && (
          <>
            <span className="dd-quiet">{t(`by.${by}`)}</span>
            {list.rows?.length ? <ExportPeople text={text} anywhere={anywhere} /> : null}
          </>
        )
      }
      empty={
        <EmptyState icon="search" title={t('none.title')} action={<Link to="/leads">{t('toLeads')}</Link>}>
          {t('none.body')}
        </EmptyState>
      }
    />
  )
}

const usePeopleColumns = (): readonly Column<FoundPerson>[] => {
  const { t } = useTexts(peopleTexts)
  const { label, join } = useLabels()
  const who = ({ age, sex, relation }: FoundPerson): string =>
    join([
      ...(age === null ? [] : [t('age', { age: String(age) })]),
      ...(sex === null ? [] : [label('sex', sex)]),
      label('relation', relation),
    ])
  return [
    {
      id: 'name',
      title: t('column.name'),
      isMain: true,
      width: '8em',
      // Of a name of one character masking leaves a star, too little to read or to press.
      cell: (person) => (person.name === null ? t('noName') : label('maskedName', person.name)),
    },
    { id: 'who', title: t('column.who'), cell: who },
    {
      id: 'number',
      title: t('column.number'),
      cell: (person) =>
        person.number === null ? (
          <span className="dd-quiet">{t('noNumber')}</span>
        ) : (
          <code>{person.number}</code>
        ),
    },
    { id: 'household', title: t('column.household'), cell: (person) => person.household.number },
    {
      id: 'category',
      title: t('column.category'),
      onCard: 'head',
      cell: ({ household }) =>
        household.category && <StatusTag>{label('category', household.category)}</StatusTag>,
    },
    { id: 'place', title: t('column.place'), cell: (person) => person.place },
  ]
}
