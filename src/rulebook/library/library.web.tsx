import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import {
  EmptyState,
  Facts,
  FilterBar,
  GradeBadge,
  Loaded,
  Page,
  Section,
  StatusTag,
  TextField,
  useFilters,
  useTexts,
} from '#ui/web'
import { type EntryLine, type Hit, type PackView, tiers } from './contract.ts'
import { useLibrary, useSearch } from './library-queries.web.ts'
import { PolicyTabs, usePick, useWhenFields } from './parts.web.tsx'
import { libraryTexts } from './texts.ts'

type Library = NonNullable<ReturnType<typeof useLibrary>['data']>

/** The policy library: packs in force, programmes by tier, indicators, and a search through all of it. */
export const PolicyLibraryPage = () => {
  const { t } = useTexts(libraryTexts)
  const [word, setWord] = useState<string>()
  const filters = useWhenFilters()
  const read = useLibrary(filters.values)
  const { data } = read
  const fields = useWhenFields(data?.places)
  return (
    <Page title={t('title')} lead={t('lead')} help={<LibraryHelp />}>
      <PolicyTabs />
      <SearchForm onSearch={setWord} />
      {word !== undefined && <Results word={word} />}
      <FilterBar fields={fields} filters={filters} />
      <Loaded of={read} lines={10}>
        {(data) => <Overview library={data} />}
      </Loaded>
    </Page>
  )
}

// Regions are known once the first answer is here; what the address names is kept until then.
const anyWhen = [
  { id: 'on', kind: 'date', label: '' },
  { id: 'region', kind: 'text', label: '' },
] as const

/** The day and region of the address. */
export const useWhenFilters = () => useFilters(anyWhen)

/** What the library is, on each of its pages. */
export const LibraryHelp = () => {
  const { t } = useTexts(libraryTexts)
  return (
    <>
      <p>{t('help.what')}</p>
      <p>{t('help.open')}</p>
      <p>{t('help.who')}</p>
    </>
  )
}

const SearchForm = ({ onSearch }: { readonly onSearch: (word: string | undefined) => void }) => {
  const { t } = useTexts(libraryTexts)
  const [typed, setTyped] = useState('')
  return (
    <search>
      <form
        className="policy-search"
        onSubmit={(event) => {
          event.preventDefault()
          onSearch(typed.trim() || undefined)
        }}
      >
        <TextField
          label={t('search.label')}
          value={typed}
          onChange={setTyped}
          input={{ type: 'search', maxLength: 60 }}
        />
        <Button htmlType="submit">{t('search.action')}</Button>
      </form>
    </search>
  )
}

const hrefOfHit = ({ kind, id, at }: Hit): string | undefined => {
  if (kind === 'parameter') return `/policies/parameters/${id}`
  return at ? `/policies/entries/${at.kind}/${at.id}` : undefined
}

const Results = ({ word }: { readonly word: string }) => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  const read = useSearch(word)
  return (
    <Section title={t('search.title', { word })}>
      <Loaded of={read} lines={3}>
        {({ hits, hasMore }) =>
          hits.length === 0 ? (
            <EmptyState icon="search" title={t('search.none')}>
              {t('search.noneBody')}
            </EmptyState>
          ) : (
            <>
              <ul className="policy-list">
                {hits.map((hit) => {
                  const href = hrefOfHit(hit)
                  return (
                    <li key={`${hit.kind} ${hit.pack} ${hit.id}`}>
                      <StatusTag>{t(`search.kind.${hit.kind}`)}</StatusTag>
                      {href ? <Link to={href}>{pick(hit.name)}</Link> : <span>{pick(hit.name)}</span>}
                      <span className="dd-quiet">{pick(hit.about)}</span>
                    </li>
                  )
                })}
              </ul>
              {hasMore && <p className="dd-quiet">{t('search.more')}</p>}
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

const Overview = ({ library }: { readonly library: Library }) => {
  const { t } = useTexts(libraryTexts)
  const { on, region, programmes, indicators, packs, parameters, openParameters } = library
  const when = `?on=${on}&region=${region.code}`
  return (
    <>
      <p className="dd-quiet">
        {t('asOf', { on, region: region.name })}{' '}
        {t('figures', { parameters: String(parameters), open: String(openParameters) })}
      </p>
      {programmes.length + indicators.length === 0 ? (
        <EmptyState icon="book" title={t('empty.title')}>
          {t('empty.body')}
        </EmptyState>
      ) : (
        <div className="policy-tiers">
          {tiers.map((tier) => (
            <Section key={tier} title={t(`tier.${tier}`)}>
              <Entries
                kind="programmes"
                when={when}
                entries={programmes.filter((one) => one.tier === tier)}
                empty={t('noneInTier')}
              />
            </Section>
          ))}
        </div>
      )}
      {indicators.length > 0 && (
        <Section title={t('indicators')}>
          <Entries kind="indicators" when={when} entries={indicators} empty="" />
        </Section>
      )}
      <Section title={t('packs.title')}>
        {packs.map((pack) => (
          <PackFacts key={pack.id} pack={pack} />
        ))}
      </Section>
    </>
  )
}

interface EntriesProps {
  readonly kind: 'programmes' | 'indicators'
  readonly when: string
  readonly entries: readonly (EntryLine & { readonly grade?: 'red' | 'orange' | 'yellow' })[]
  readonly empty: string
}

const Entries = ({ kind, when, entries, empty }: EntriesProps) => {
  const pick = usePick()
  if (entries.length === 0) return <p className="dd-quiet">{empty}</p>
  return (
    <ul className="policy-list">
      {entries.map(({ id, name, sources: [source], grade }) => (
        <li key={id}>
          {grade && <GradeBadge grade={grade} />}
          <Link to={`/policies/entries/${kind}/${id}${when}`}>{pick(name)}</Link>
          {source && (
            <span className="dd-quiet">
              {source.number ?? pick(source.title)} {source.clause}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

const PackFacts = ({ pack }: { readonly pack: PackView }) => {
  const { t } = useTexts(libraryTexts)
  const pick = usePick()
  return (
    <>
      <Facts
        items={[
          {
            label: t('packs.id'),
            value: (
              <>
                {pick(pack.title)} {pack.isDemo && <StatusTag tone="yellow">{t('packs.demo')}</StatusTag>}
              </>
            ),
          },
          { label: t('packs.version'), value: pack.version },
          { label: t('packs.hash'), value: <code className="policy-hash">{pack.hash.slice(0, 16)}</code> },
          {
            label: t('packs.layers'),
            value: pack.layers.map(({ title, version }) => `${pick(title)} ${version}`).join(' → '),
          },
          { label: t('packs.released'), value: t('packs.count', { count: pack.released }) },
        ]}
      />
      {pack.isDemo && <p className="dd-quiet">{t('packs.demoNote')}</p>}
    </>
  )
}
