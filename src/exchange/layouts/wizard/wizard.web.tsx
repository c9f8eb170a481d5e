import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { ErrorState, Icon, LoadingSkeleton, Page, useTexts } from '#ui/web'
import { type FeedKind, isFeedKind } from '../../feeds.ts'
import { useNames } from '../../names/names.web.ts'
import type { MappingDraft, TryReport } from '../contract.ts'
import type { Layout } from '../layout.ts'
import { LayoutHelp } from '../layout-list.web.tsx'
import { contentOf, type LayoutDetail, useLayout } from '../layout-queries.web.ts'
import { type Mapping, startMapping } from '../mapping.ts'
import { layoutTexts } from '../texts.ts'
import { ColumnsStep } from './columns-step.web.tsx'
import { SampleStep } from './sample-step.web.tsx'
import { SaveStep } from './save-step.web.tsx'
import { TryStep } from './try-step.web.tsx'
import '../../intake/intake.css'
import '../layouts.css'

const steps = ['sample', 'columns', 'try', 'save'] as const
type Step = (typeof steps)[number]

/** What the steps hand on to each other once a sample has been read. */
export interface Work {
  readonly kind: FeedKind
  readonly file: File
  readonly draft: MappingDraft
  readonly mapping: Mapping
  /** What the last trial of exactly this mapping gave. */
  readonly report?: TryReport
}

/** A layout that is being revised. */
export interface Revised {
  readonly detail: LayoutDetail
  readonly layout: Layout
}

/** Makes a layout from a sample, or a new version of one: sample, columns, trial, name. */
export const LayoutWizardPage = () => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const [search] = useSearchParams()
  const from = search.get('from') ?? undefined
  const { data, error, refetch } = useLayout(from)
  const layout = data && contentOf(data)
  const title = data ? t('wizard.reviseTitle', { title: names.text(data.title) }) : t('wizard.title')
  return (
    <Page
      title={title}
      lead={t('wizard.lead')}
      help={<LayoutHelp />}
      breadcrumbs={[
        { label: t('feeds'), to: '/feeds' },
        { label: t('title'), to: '/layouts' },
        { label: title },
      ]}
    >
      {from === undefined ? (
        <Wizard asked={search.get('kind') ?? ''} />
      ) : data && layout ? (
        <Wizard key={from} asked={layout.kind} revised={{ detail: data, layout }} />
      ) : data ? (
        <p className="feed-notice">{t('detail.faulty')}</p>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={6} />
      )}
    </Page>
  )
}

const Wizard = ({ asked, revised }: { readonly asked: string; readonly revised?: Revised }) => {
  const [step, setStep] = useState<Step>('sample')
  const [work, setWork] = useState<Work>()
  const begin = (kind: FeedKind, file: File, draft: MappingDraft) => {
    setWork({ kind, file, draft, mapping: startMapping(kind, draft, revised?.layout) })
    setStep('columns')
  }
  const change = (mapping: Mapping) => work && setWork({ ...work, mapping, report: undefined })
  return (
    <div className="layout-wizard">
      <StepList step={step} />
      <StepFrame key={step} step={step}>
        {step === 'sample' || !work ? (
          <SampleStep
            kind={isFeedKind(asked) ? asked : work?.kind}
            isKindFixed={revised !== undefined}
            file={work?.file}
            onDone={begin}
          />
        ) : step === 'columns' ? (
          <ColumnsStep
            work={work}
            onChange={change}
            onBack={() => setStep('sample')}
            onNext={() => setStep('try')}
          />
        ) : step === 'try' ? (
          <TryStep
            work={work}
            onReport={(mapping, report) => setWork({ ...work, mapping, report })}
            onBack={() => setStep('columns')}
            onNext={() => setStep('save')}
          />
        ) : (
          <SaveStep work={work} revised={revised} onBack={() => setStep('try')} />
        )}
      </StepFrame>
    </div>
  )
}

const StepList = ({ step }: { readonly step: Step }) => {
  const { t } = useTexts(layoutTexts)
  const at = steps.indexOf(step)
  return (
    <ol className="layout-steps" aria-label={t('wizard.steps.label')}>
      {steps.map((name, index) => (
        <li
          key={name}
          data-state={index < at ? 'done' : undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          {index < at ? <Icon name="check" /> : <span aria-hidden="true">{index + 1}</span>}
          {t(`wizard.steps.${name}`)}
        </li>
      ))}
    </ol>
  )
}

/** A step under a heading that takes the focus when the step is gone to. */
const StepFrame = ({ step, children }: { readonly step: Step; readonly children: ReactNode }) => {
  const { t } = useTexts(layoutTexts)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (step !== 'sample') heading.current?.focus()
  }, [step])
  return (
    <section className="dd-card dd-section">
      <h2 ref={heading} tabIndex={-1}>
        {t('wizard.stepOf', {
          step: String(steps.indexOf(step) + 1),
          name: t(`wizard.steps.${step}`),
        })}
      </h2>
      {children}
    </section>
  )
}
