import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { type BusinessDate, parseDate, parseRegionCode } from '#base'
import { PolicyTabs } from '#rulebook/web'
import { ApiProblem, faultsByField } from '#ui'
import {
  EmptyState,
  ErrorState,
  Icon,
  LoadingSkeleton,
  Page,
  Section,
  takeFocus,
  useSession,
  useTexts,
} from '#ui/web'
import { CliffSection } from './cliff-form.web.tsx'
import type { SimulationQuestion } from './contract.ts'
import { SimulationHelp, usePick } from './parts.web.tsx'
import {
  type DraftFault,
  draftOf,
  type QuestionDraft,
  readQuestion,
  typedOf,
  valueFromAddress,
} from './question-draft.ts'
import { type Choices, QuestionForm } from './question-form.web.tsx'
import { Report } from './report-view.web.tsx'
import { RunningView } from './running.web.tsx'
import { SaveButton } from './save.web.tsx'
import { type Running, useChoices, useDrawing, useRunning, useSimulation } from './simulation-queries.web.ts'
import { simulationTexts } from './texts.ts'

/** Asks what a change would do, and shows what comes out. */
export const NewSimulationPage = () => {
  const { t } = useTexts(simulationTexts)
  const { businessDate } = useSession()
  const [address] = useSearchParams()
  const [when, setWhen] = useState<{ on: BusinessDate | undefined; region: string | undefined }>(() => ({
    on: parseDate(address.get('on') ?? '') ?? businessDate,
    region: undefined,
  }))
  const { data, error, refetch } = useChoices(when.on, when.region)
  // What was read stays when another day cannot be read: nobody's typing is lost.
  const [choices, setChoices] = useState(data)
  useEffect(() => {
    if (data) setChoices(data)
  }, [data])
  const former = useSimulation(address.get('report') ?? '')
  return (
    <Page
      title={t('form.title')}
      lead={t('form.lead')}
      breadcrumbs={[{ label: t('title'), to: '/simulations' }, { label: t('form.title') }]}
      help={<SimulationHelp />}
    >
      <PolicyTabs />
      {former.error && <ErrorState error={former.error} onRetry={() => void former.refetch()} />}
      {error && <ErrorState title={t('form.loadFailed')} error={error} onRetry={() => void refetch()} />}
      {choices && !former.isLoading ? (
        <Simulation
          choices={choices}
          first={former.data?.result.question}
          on={when.on}
          onWhen={(on, region) => setWhen({ on: on ?? when.on, region })}
        />
      ) : (
        !error && <LoadingSkeleton lines={12} />
      )}
    </Page>
  )
}

interface SimulationProps {
  readonly choices: Choices
  /** The question of a saved report that is asked again. */
  readonly first: SimulationQuestion | undefined
  readonly on: BusinessDate | undefined
  readonly onWhen: (on: BusinessDate | undefined, region: string) => void
}

const firstDraft = (
  { choices, first, on }: SimulationProps,
  address: URLSearchParams,
): { readonly draft: QuestionDraft; readonly notFound?: string } => {
  const { parameters, assumptions, region } = choices
  if (first) return { draft: draftOf(first, parseDate(first.on), parameters) }
  const name = address.get('parameter')
  const choice = parameters.find((one) => one.name === name)
  const value = address.get('value')
  const place = parseRegionCode(address.get('region') ?? '')
  const isPart = choices.places.some(({ code }) => code === place) && place !== region.code
  const blank = { amountFen: undefined, typed: '' }
  const typed = choice && value !== null ? typedOf(valueFromAddress(value), choice.unit) : blank
  const draft: QuestionDraft = {
    on,
    region: region.code,
    months: 12,
    rules: [],
    assumptions: assumptions.filter(({ isUsual }) => isUsual).map(({ id }) => id),
    changes: [{ key: 0, parameter: choice?.name, region: isPart && place ? place : '', ...typed }],
  }
  return name && !choice ? { draft, notFound: name } : { draft }
}

/** What the server found wrong, by the field of the form that asked it. */
const refusedBy = (error: unknown, draft: QuestionDraft): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const [pointer, message] of faultsByField(error)) {
    const [, list, at] = /^question\.(changes|rules)\.(\d+)/u.exec(pointer) ?? []
    const key = list && draft[list as 'changes' | 'rules'][Number(at)]?.key
    if (key !== undefined) found.set(`${list === 'rules' ? 'text' : 'value'}-${key}`, message)
  }
  // The checker speaks of the rules as a whole: with one of them it is clear which is meant.
  const [only, ...others] = draft.rules
  const isChecked = error instanceof ApiProblem && error.problem.code === 'insight.strange-change'
  if (found.size === 0 && isChecked && only && others.length === 0)
    found.set(`text-${only.key}`, error.problem.detail ?? error.message)
  return found
}

const Simulation = (props: SimulationProps) => {
  const { choices, onWhen } = props
  const { t } = useTexts(simulationTexts)
  const [address] = useSearchParams()
  const [start] = useState(() => firstDraft(props, address))
  const [draft, setDraft] = useState(start.draft)
  const [faults, setFaults] = useState<readonly DraftFault[]>([])
  const running = useRunning()
  const edit = (next: QuestionDraft) => {
    setDraft(next)
    if (next.on !== draft.on || next.region !== draft.region) onWhen(next.on, next.region)
  }
  const run = () => {
    const read = readQuestion(draft, choices)
    setFaults(read.faults ?? [])
    if (read.question) running.mutate(read.question)
  }
  const current = readQuestion(draft, choices).question
  return (
    <>
      {start.notFound && (
        <p className="simulation-stale" role="note">
          <Icon name="warning" /> {t('form.notFound', { name: start.notFound })}
        </p>
      )}
      <QuestionForm
        draft={draft}
        choices={choices}
        faults={faults}
        refused={refusedBy(running.error, draft)}
        onEdit={edit}
        onRun={run}
      />
      <Outcome running={running} current={current} onRetry={run} />
    </>
  )
}

interface OutcomeProps {
  readonly running: Running
  /** What the form asks now; undefined while it is not complete. */
  readonly current: SimulationQuestion | undefined
  readonly onRetry: () => void
}

/** Nothing yet, the wait, the failure, or the result. */
const Outcome = ({ running, current, onRetry }: OutcomeProps) => {
  const { t } = useTexts(simulationTexts)
  const { data, variables, error, isRunning, isCancelled, cancel } = running
  if (isRunning) return <RunningView onCancel={cancel} />
  if (isCancelled)
    return (
      <Section title={t('headline.title')}>
        <p tabIndex={-1} ref={takeFocus}>
          {t('running.cancelled')}
        </p>
      </Section>
    )
  if (error) return <ErrorState title={t('running.failed')} error={error} onRetry={onRetry} takesFocus />
  if (!data || !variables)
    return (
      <EmptyState icon="chart" title={t('running.empty')}>
        {t('running.emptyBody')}
      </EmptyState>
    )
  const isStale = JSON.stringify(variables) !== JSON.stringify(current)
  return <Answered key={running.submittedAt} {...{ data, question: variables, isStale }} />
}

const oneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const secondsText = (milliseconds: number): string => oneDecimal.format(Math.max(100, milliseconds) / 1000)

interface AnsweredProps {
  readonly data: NonNullable<Running['data']>
  readonly question: SimulationQuestion
  readonly isStale: boolean
}

const Answered = ({ data, question, isStale }: AnsweredProps) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const drawing = useDrawing()
  const { result, milliseconds } = data
  const names = new Map(
    [...result.programmes.map(({ programme, name }) => ({ id: programme, name })), ...result.untouched].map(
      ({ id, name }) => [id, pick(name)],
    ),
  )
  const answer = useRef<HTMLParagraphElement>(null)
  useEffect(() => answer.current?.focus(), [])
  const isDrawn = drawing.data !== undefined && !drawing.isPending
  return (
    <>
      <div className="simulation-done">
        <p tabIndex={-1} ref={answer} role="status">
          {t('running.done', { seconds: secondsText(milliseconds) })}
        </p>
        {!isStale && (
          <SaveButton question={question} typical={isDrawn ? (drawing.variables?.typical ?? null) : null} />
        )}
      </div>
      {isStale && (
        <p className="simulation-stale">
          <Icon name="warning" /> {t('form.stale')}
        </p>
      )}
      <Report result={result} name={t('title')}>
        <CliffSection
          question={question}
          drawing={drawing}
          programmeName={(id) => names.get(id) ?? id}
          name={t('title')}
        />
      </Report>
    </>
  )
}
