import { Button } from 'antd'
import { useId, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { callRoute } from '#access/web'
import {
  ErrorState,
  ErrorSummary,
  type FormFault,
  LoadingSkeleton,
  Page,
  Section,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { useParameter } from '../library/library-queries.web.ts'
import type { Parameter } from '../library/parameter.web.tsx'
import { PolicyTabs, usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import type { ParameterChange } from './change.ts'
import { ChecksView, PreviewView } from './checks.web.tsx'
import { checkChange, proposeChange } from './contract.ts'
import { type Draft, readDraft } from './draft.ts'
import { SourceFields, ValueFields } from './propose-fields.web.tsx'
import { parameterTexts } from './texts.ts'

/** Proposing a change: the form, then the checks and what it would do, then the proposal. */
export const ProposePage = () => {
  const { name = '' } = useParams()
  const { t } = useTexts(parameterTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const pick = usePick()
  const { data, error, refetch } = useParameter(name, {})
  const title = data ? t('propose.title', { label: pick(data.label) }) : t('propose.short')
  return (
    <Page
      title={title}
      lead={t('propose.lead')}
      breadcrumbs={[
        { label: tLibrary('title'), to: '/policies' },
        { label: tLibrary('parameters.title'), to: '/policies/parameters' },
        ...(data ? [{ label: pick(data.label), to: `/policies/parameters/${name}` }] : []),
        { label: t('propose.short') },
      ]}
      help={<p>{t('propose.help')}</p>}
    >
      <PolicyTabs />
      {data ? (
        <ProposeForm parameter={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={10} />
      )}
    </Page>
  )
}

const emptyDraft: Draft = {
  ...{ amountFen: undefined, typed: '', from: undefined, until: undefined, region: undefined, isNew: true },
  ...{ document: undefined, title: '', number: '', issuer: '', issuedOn: undefined, clause: '', note: '' },
}

const ProposeForm = ({ parameter }: { readonly parameter: Parameter }) => {
  const { t } = useTexts(parameterTexts)
  const id = useId()
  const { account } = useSession()
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft, region: account.region.code })
  const [faults, setFaults] = useState<readonly FormFault[]>([])
  const [checkedChange, setCheckedChange] = useState<ParameterChange>()
  const check = useWrite({
    write: (change: ParameterChange) => callRoute(checkChange, { body: change, onlyReads: true }),
    onDone: (_, change) => setCheckedChange(change),
  })
  const propose = usePropose()
  const edit = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes })
    setCheckedChange(undefined)
  }
  const run = () => {
    const read = readDraft(parameter, draft)
    setFaults(
      (read.missing ?? []).map((field) => ({
        fieldId: `${id}-${field}`,
        message: t(`propose.missing.${field}`),
      })),
    )
    if (read.change) check.mutate(read.change)
  }
  const checked = checkedChange && check.data
  return (
    <>
      <ErrorSummary faults={faults} />
      <Section title={t('propose.short')}>
        <form
          className="policy-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            run()
          }}
        >
          <ValueFields id={id} parameter={parameter} draft={draft} faults={faults} onEdit={edit} />
          <SourceFields id={id} parameter={parameter} draft={draft} faults={faults} onEdit={edit} />
          <div className="policy-actions">
            <Button
              type={checked?.isSound ? 'default' : 'primary'}
              htmlType="submit"
              loading={check.isPending}
            >
              {t('propose.check')}
            </Button>
          </div>
        </form>
      </Section>
      {check.error && <ErrorState error={check.error} takesFocus />}
      {check.data && !checkedChange && !check.isPending && <p role="status">{t('propose.changed')}</p>}
      {checked && <ChecksView checked={checked} />}
      {checkedChange && checked?.isSound && (
        <>
          <PreviewView change={checkedChange} />
          {propose.error && <ErrorState error={propose.error} takesFocus />}
          <div className="policy-actions">
            <Button type="primary" loading={propose.isPending} onClick={() => propose.mutate(checkedChange)}>
              {t('propose.submit')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}

const usePropose = () => {
  const { t } = useTexts(parameterTexts)
  const toast = useToast()
  const navigate = useNavigate()
  return useWrite({
    write: (change: ParameterChange, { idempotencyKey }) =>
      callRoute(proposeChange, { body: change, idempotencyKey }),
    invalidates: [[]],
    onDone: ({ id, number }) => {
      toast({ text: t('propose.submitted', { number: String(number) }) })
      void navigate(`/policies/proposals/${id}`)
    },
  })
}
