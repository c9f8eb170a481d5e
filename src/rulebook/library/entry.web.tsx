import { Link, useParams } from 'react-router'
import { DataTable, Facts, GradeBadge, Loaded, Page, Section, StatusTag, useTexts } from '#ui/web'
import type { EntryKind, RuleView } from './contract.ts'
import { LibraryHelp, useWhenFilters } from './library.web.tsx'
import { useEntry } from './library-queries.web.ts'
import { Citations, Plain, PolicyTabs, usePick } from './parts.web.tsx'
import { libraryTexts } from './texts.ts'

type Entry = NonNullable<ReturnType<typeof useEntry>['data']>

/** A programme or an indicator: its rules in plain words, each beside its article. */
export const PolicyEntryPage = () => {
  const { kind = '', id = '' } = useParams()
  const entryKind: EntryKind = kind === 'indicators' ? 'indicators' : 'programmes'
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  const { values } = useWhenFilters()
  const read = useEntry(entryKind, id, values)
  const { data } = read
  const title = data ? pick(data.name) : t(`entry.${entryKind}`)
  return (
    <Page
      title={title}
      breadcrumbs={[{ label: t('title'), to: '/policies' }, { label: title }]}
      marks={data && <Marks entry={data} />}
      lead={data && t('asOf', { on: data.on, region: data.region.name })}
      help={<LibraryHelp />}
    >
      <PolicyTabs />
      <Loaded of={read} lines={12}>
        {(data) => <EntryView entry={data} />}
      </Loaded>
    </Page>
  )
}

const Marks = ({ entry: { kind, mark, inForce } }: { readonly entry: Entry }) => {
  const { t } = useTexts(libraryTexts)
  return (
    <>
      {kind === 'indicators' ? (
        <GradeBadge grade={mark === 'red' || mark === 'orange' ? mark : 'yellow'} />
      ) : (
        <StatusTag tone="primary">
          {t(`tier.${mark === 'special' || mark === 'emergency' ? mark : 'basic'}`)}
        </StatusTag>
      )}
      {!inForce && <StatusTag tone="orange">{t('entry.notInForce')}</StatusTag>}
    </>
  )
}

const EntryView = ({ entry }: { readonly entry: Entry }) => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  return (
    <>
      <Section title={t('entry.sources')}>
        <Citations citations={entry.sources} />
        <Facts
          items={[
            { label: t('entry.entity'), value: pick(entry.entity) },
            { label: t('entry.sentence'), value: pick(entry.sentence) },
            ...(entry.note ? [{ label: t('entry.note'), value: pick(entry.note) }] : []),
          ]}
        />
      </Section>
      <Section title={t('entry.rules')}>
        {entry.rules.map((rule) => (
          <Rule key={rule.id} rule={rule} />
        ))}
      </Section>
      <UsedParameters entry={entry} />
    </>
  )
}

const Rule = ({ rule }: { readonly rule: RuleView }) => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  return (
    <article className="policy-rule" id={rule.id}>
      <h3>
        {pick(rule.name)} <span className="dd-quiet">{pick(rule.entity)}</span>
      </h3>
      <div>
        <Plain plain={rule.plain} />
        <details>
          <summary>{t('entry.written')}</summary>
          <pre>
            <code>{rule.written}</code>
          </pre>
        </details>
      </div>
      <div>
        <Citations citations={rule.sources} />
        {rule.checkedOn && <p className="dd-quiet">{t('entry.checkedOn', { on: rule.checkedOn })}</p>}
        {rule.note && <p className="dd-quiet">{pick(rule.note)}</p>}
      </div>
    </article>
  )
}

const UsedParameters = ({ entry }: { readonly entry: Entry }) => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  const when = `?on=${entry.on}&region=${entry.region.code}`
  return (
    <Section title={t('entry.parameters')}>
      <DataTable
        caption={t('entry.parameters')}
        rows={entry.parameters}
        rowKey={(row) => row.name}
        rowLabel={(row) => pick(row.label)}
        columns={[
          {
            id: 'name',
            title: t('entry.parameter'),
            isMain: true,
            cell: (row) => <Link to={`/policies/parameters/${row.name}${when}`}>{pick(row.label)}</Link>,
          },
          {
            id: 'value',
            title: t('entry.value'),
            align: 'end',
            cell: (row) => (row.value ? pick(row.value) : <StatusTag tone="orange">{t('open')}</StatusTag>),
          },
        ]}
        empty={<p className="dd-quiet">{t('entry.noParameters')}</p>}
      />
    </Section>
  )
}
