import { Button } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { callRoute } from '#access/web'
import { ErrorState, LoadingSkeleton, Page, Section, useTexts, useToast, useWrite } from '#ui/web'
import { PolicyTabs, usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import { emptySource, type SourceDraft } from '../proposing/source-draft.ts'
import { SourceFields } from '../proposing/source-fields.web.tsx'
import { CaseList } from './case-list.web.tsx'
import type { VersionChange } from './change.ts'
import { ConditionSection } from './condition.web.tsx'
import { type Basis, proposeVersion, type VersionFinding } from './contract.ts'
import { changeOfDraft, type EditDraft } from './edit-draft.ts'
import { IndicatorFields, ScopeFields } from './edit-fields.web.tsx'
import { FindingsSection } from './findings.web.tsx'
import { useBasis, useCheck } from './indicator-queries.web.ts'
import { indicatorTexts } from './texts.ts'
import { TrialSection } from './trial.web.tsx'
import './indicators.css'

/** Writing a version of an indicator: the form with its check beside it, a trial, then the proposal. */
export const EditIndicatorPage = () => {
  const { id = '' } = useParams()
  const [search] = useSearchParams()
  const { t } = useTexts(indicatorTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const pick = usePick()
  const { data, error, refetch } = useBasis(id, search.get('version') ?? undefined)
  const name = data && pick(data.change.name)
  return (
    <Page
      title={name ? t('edit.title', { name }) : t('edit.short')}
      lead={t('edit.lead')}
      breadcrumbs={[
        { label: tLibrary('title'), to: '/policies' },
        { label: t('list.title'), to: '/policies/indicators' },
        ...(name ? [{ label: name, to: `/policies/indicators/${id}` }] : []),
        { label: t('edit.short') },
      ]}
      help={<p>{t('list.help')}</p>}
    >
      <PolicyTabs />
      {data ? (
        <Editor basis={data} isNew={search.get('as') === 'new'} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={12} />
      )}
    </Page>
  )
}

/** What every part of the editor gets. */
export interface EditorPart {
  readonly id: string
  readonly basis: Basis
  readonly draft: EditDraft
  readonly errorOf: (field: NonNullable<VersionFinding['field']>, at?: string) => string | undefined
  readonly onEdit: (changes: Partial<EditDraft>) => void
}

const Editor = ({ basis, isNew }: { readonly basis: Basis; readonly isNew: boolean }) => {
  const { t } = useTexts(indicatorTexts)
  const id = useId()
  const [draft, setDraft] = useState<EditDraft>({ ...basis.change, isNew })
  const [source, setSource] = useState<SourceDraft>({ ...emptySource, isNew: false })
  const change = useMemo(() => changeOfDraft(cleanOf(draft), source), [draft, source])
  const check = useCheck(change)
  const propose = usePropose()
  const errorOf = useErrors(check.data?.findings)
  const part: EditorPart = {
    ...{ id, basis, draft, errorOf },
    onEdit: (changes) => setDraft((before) => ({ ...before, ...changes })),
  }
  const isReady = check.isCurrent && check.data?.isSound === true
  return (
    <>
      <Section title={t('edit.scope')}>
        <div className="policy-form">
          <ScopeFields {...part} />
        </div>
      </Section>
      <Section title={t('edit.indicator')}>
        <div className="policy-form">
          <IndicatorFields {...part} />
        </div>
      </Section>
      <ConditionSection {...part} />
      <CaseList {...part} findings={check.data?.findings ?? []} />
      <Section title={t('edit.source')}>
        <div className="policy-form">
          <SourceFields
            id={`${id}-source`}
            documents={basis.documents}
            draft={source}
            faults={[]}
            onEdit={(changes) => setSource((before) => ({ ...before, ...changes }))}
          />
        </div>
      </Section>
      {check.error ? (
        <ErrorState error={check.error} onRetry={() => void check.refetch()} />
      ) : (
        <FindingsSection
          checked={check.data}
          isCurrent={check.isCurrent}
          hrefOf={(finding) => hrefIn(id, finding)}
        />
      )}
      {isReady && <TrialSection change={change} />}
      {propose.error && <ErrorState error={propose.error} takesFocus />}
      <div className="policy-actions">
        <Button
          type="primary"
          disabled={!isReady}
          loading={propose.isPending}
          onClick={() => propose.mutate(change)}
        >
          {t('edit.submit')}
        </Button>
      </div>
    </>
  )
}

/** Only what a version has; the form began with more. */
const cleanOf = (draft: EditDraft): EditDraft => ({
  ...{ basedOn: draft.basedOn, isNew: draft.isNew, region: draft.region, from: draft.from },
  ...{ until: draft.until, name: draft.name, grade: draft.grade, owner: draft.owner, route: draft.route },
  ...{ period: draft.period, values: draft.values, when: draft.when, sentence: draft.sentence },
  cases: draft.cases,
})

const hrefIn = (id: string, { field, at, case: index }: VersionFinding): string | undefined => {
  if (field === null) return undefined
  if (index !== null) return `#${id}-case-${index}`
  if (field === 'source') return `#${id}-source-document`
  if (field === 'clause') return `#${id}-source-clause`
  return `#${id}-${field}${at === null ? '' : `-${at}`}`
}

/** The first finding of a field, beside which it is shown. */
const useErrors = (findings: readonly VersionFinding[] | undefined): EditorPart['errorOf'] => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  return (field, at) => {
    const found = findings?.find((one) => one.field === field && (at === undefined || one.at === at))
    if (!found) return undefined
    const text = pick(found.text)
    return found.line === null
      ? text
      : t('edit.line', { field: t(`fields.${field as 'when'}`), line: String(found.line), text })
  }
}

const usePropose = () => {
  const { t } = useTexts(indicatorTexts)
  const toast = useToast()
  const navigate = useNavigate()
  return useWrite({
    write: (change: VersionChange, { idempotencyKey }) =>
      callRoute(proposeVersion, { body: change, idempotencyKey }),
    invalidates: [[]],
    onDone: ({ id, number }) => {
      toast({ text: t('edit.submitted', { number: String(number) }) })
      void navigate(`/policies/indicator-proposals/${id}`)
    },
  })
}
