import { Button } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { callRoute } from '#access/web'
import {
  ErrorState,
  type FormFault,
  Loaded,
  Page,
  Section,
  type Touched,
  useTexts,
  useToast,
  useTouched,
  useWrite,
} from '#ui/web'
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
  const read = useBasis(id, search.get('version') ?? undefined)
  const name = read.data && pick(read.data.change.name)
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
      <Loaded of={read} lines={12}>
        {(basis) => <Editor basis={basis} isNew={search.get('as') === 'new'} />}
      </Loaded>
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
  const touched = useTouched()
  const shown = useShown(id, check.data?.findings ?? [], draft, touched)
  const part: EditorPart = {
    ...{ id, basis, draft, errorOf: shown.errorOf },
    onEdit: (changes) => setDraft((before) => ({ ...before, ...changes })),
  }
  const isReady = check.isCurrent && check.data?.isSound === true
  const submit = () => {
    if (isReady) return propose.mutate(change)
    touched.touchAll()
    document.getElementById(`${id}-check`)?.focus()
  }
  return (
    <>
      <form
        {...touched.frame}
        className="dd-page-content"
        noValidate
        onSubmit={(event) => event.preventDefault()}
      >
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
        <CaseList {...part} findings={shown.findings} />
        <Section title={t('edit.source')}>
          <div className="policy-form">
            <SourceFields
              id={`${id}-source`}
              documents={basis.documents}
              draft={source}
              faults={shown.sourceFaults}
              onEdit={(changes) => setSource((before) => ({ ...before, ...changes }))}
            />
          </div>
        </Section>
      </form>
      {check.error ? (
        <ErrorState error={check.error} onRetry={() => void check.refetch()} />
      ) : (
        <FindingsSection
          id={`${id}-check`}
          checked={check.data}
          isCurrent={check.isCurrent}
          isBegun={shown.findings.length > 0}
          hrefOf={(finding) => hrefIn(id, finding)}
        />
      )}
      {isReady && <TrialSection change={change} />}
      {propose.error && <ErrorState error={propose.error} takesFocus />}
      <div className="policy-actions">
        <Button type="primary" disabled={!check.isCurrent} loading={propose.isPending} onClick={submit}>
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

/** The id of the control that a finding is about. */
const fieldIn = (id: string, { field, at, case: index }: VersionFinding): string | undefined => {
  if (field === null) return undefined
  if (index !== null) return `${id}-case-${index}`
  if (field === 'source') return `${id}-source-document`
  if (field === 'clause') return `${id}-source-clause`
  return `${id}-${field}${at === null ? '' : `-${at}`}`
}

const hrefIn = (id: string, finding: VersionFinding): string | undefined => {
  const field = fieldIn(id, finding)
  return field && `#${field}`
}

/** The findings that are said beside their fields: of fields that somebody has been at. */
const useShown = (
  id: string,
  all: readonly VersionFinding[],
  draft: EditDraft,
  { isTouched }: Touched,
): {
  readonly findings: readonly VersionFinding[]
  readonly errorOf: EditorPart['errorOf']
  readonly sourceFaults: readonly FormFault[]
} => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const findings = all.filter((finding) => {
    const field = fieldIn(id, finding)
    if (finding.case === null) return field === undefined || isTouched(field)
    return draft.cases[finding.case]?.name !== '' || isTouched(`${field}-name`)
  })
  const errorOf: EditorPart['errorOf'] = (field, at) => {
    const found = findings.find((one) => one.field === field && (at === undefined || one.at === at))
    if (!found) return undefined
    const text = pick(found.text)
    return found.line === null
      ? text
      : t('edit.line', { field: t(`fields.${field as 'when'}`), line: String(found.line), text })
  }
  const sourceFaults = findings.flatMap((finding) => {
    const isOfSource = finding.field === 'source' || finding.field === 'clause'
    return isOfSource ? [{ fieldId: fieldIn(id, finding) ?? '', message: pick(finding.text) }] : []
  })
  return { findings, errorOf, sourceFaults }
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
