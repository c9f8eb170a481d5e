import { Button } from 'antd'
import { useId, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { callRoute } from '#access/web'
import {
  ErrorState,
  ErrorSummary,
  type FormFault,
  Loaded,
  Page,
  Section,
  usePermission,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { useParameter } from '../library/library-queries.web.ts'
import type { Parameter } from '../library/parameter.web.tsx'
import { PolicyTabs, usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import { emptySource, type MissingSource } from '../proposing/source-draft.ts'
import { SourceFields } from '../proposing/source-fields.web.tsx'
import { proposingTexts } from '../proposing/texts.ts'
import type { ParameterChange } from './change.ts'
import { ChecksView, PreviewView } from './checks.web.tsx'
import { checkChange, proposeChange } from './contract.ts'
import { type Draft, type Missing, readDraft } from './draft.ts'
import { ValueFields } from './propose-fields.web.tsx'
import { parameterTexts } from './texts.ts'

/** Proposing a change: the form, then the checks and what it would do, then the proposal. */
export const ProposePage = () => {
  const { name = '' } = useParams()
  const { t } = useTexts(parameterTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const pick = usePick()
  const read = useParameter(name, {})
  const { data } = read
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
      <Loaded of={read} lines={10}>
        {(data) => <ProposeForm parameter={data} />}
      </Loaded>
    </Page>
  )
}

const emptyDraft: Draft = {
  ...{ amountFen: undefined, typed: '', from: undefined, until: undefined, region: undefined },
  ...emptySource,
}

const isOfSource = (field: Missing): field is MissingSource =>
  field !== 'value' && field !== 'from' && field !== 'region'

const ProposeForm = ({ parameter }: { readonly parameter: Parameter }) => {
  const { t } = useTexts(parameterTexts)
  const { t: tSource } = useTexts(proposingTexts)
  const id = useId()
  const { account } = useSession()
  const maySimulate = usePermission('simulation.run')
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
        message: isOfSource(field) ? tSource(`missing.${field}`) : t(`propose.missing.${field}`),
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
          <SourceFields id={id} documents={parameter.documents} draft={draft} faults={faults} onEdit={edit} />
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
          {maySimulate && (
            <p>
              <Link to={simulationOf(checkedChange)}>{t('preview.simulate')}</Link>
            </p>
          )}
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

// The page of simulations is another room's: only its address is known here.
const simulationOf = ({ parameter, value, from, region }: ParameterChange): string =>
  `/simulations/new?${new URLSearchParams({ parameter, value: JSON.stringify(value), on: from, region })}`

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
