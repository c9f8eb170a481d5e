import { Button } from 'antd'
import { minuteText } from '#access/web'
import { ErrorState, Section, StatusTag, useConfirm, useTexts, useToast, useWrite } from '#ui/web'
import { proposingTexts } from './texts.ts'

/** Where a proposal stands. */
export type ProposalStateName = 'open' | 'scheduled' | 'released' | 'declined' | 'withdrawn'

const tones = {
  open: 'orange',
  scheduled: 'primary',
  released: 'good',
  declined: 'neutral',
  withdrawn: 'neutral',
} as const

/** The word and tone of a proposal's state. */
export const ProposalState = ({ state }: { readonly state: ProposalStateName }) => {
  const { t } = useTexts(proposingTexts)
  return <StatusTag tone={tones[state]}>{t(`states.${state}`)}</StatusTag>
}

/** Who did what with a proposal, and when. */
interface ProposalCourse {
  readonly number: number
  readonly state: ProposalStateName
  readonly proposedBy: { readonly name: string }
  readonly proposedAt: string
  readonly decidedBy: { readonly name: string } | null
  readonly decidedAt: string | null
  readonly reason: string | null
}

interface CourseProps {
  readonly proposal: ProposalCourse
  readonly isOwn: boolean
  readonly may: { readonly release: boolean; readonly decline: boolean; readonly withdraw: boolean }
  /** What a release will do, in a sentence. */
  readonly releaseBody: string
  readonly decide: (step: Step, reason: string, idempotencyKey: string) => Promise<unknown>
}

/** The course of a proposal, and the steps the reader may take. */
export const ProposalCourseSection = (props: CourseProps) => {
  const { t } = useTexts(proposingTexts)
  return (
    <Section title={t('history')}>
      <Course {...props} />
      <Steps {...props} />
    </Section>
  )
}

const Course = ({ proposal, isOwn }: CourseProps) => {
  const { t } = useTexts(proposingTexts)
  const { proposedBy, proposedAt, decidedBy, decidedAt, state, reason } = proposal
  const outcome = state === 'scheduled' ? 'released' : state
  const isDecided = outcome !== 'open' && decidedBy && decidedAt
  return (
    <>
      <ol>
        <li>
          {minuteText(proposedAt)} {t('proposed', { name: proposedBy.name })}
        </li>
        {isDecided && (
          <li>
            {minuteText(decidedAt)} {t(`decided.${outcome}`, { name: decidedBy.name })}
            {reason && <p className="policy-text">{reason}</p>}
          </li>
        )}
      </ol>
      {!isDecided && <p>{t(isOwn ? 'own' : 'waits')}</p>}
    </>
  )
}

/** What may be done with a proposal. */
export type Step = 'release' | 'decline' | 'withdraw'

const Steps = ({ proposal, may, releaseBody, decide }: CourseProps) => {
  const { t } = useTexts(proposingTexts)
  const confirm = useConfirm()
  const step = useStep(decide)
  const number = String(proposal.number)
  const { release, decline, withdraw } = may
  if (!release && !decline && !withdraw) return null
  const askRelease = async () => {
    const answer = await confirm({
      title: t('releaseTitle', { number }),
      body: releaseBody,
      action: t('release'),
    })
    if (answer.confirmed) step.mutate({ step: 'release', reason: '' })
  }
  const askReason = async (wanted: 'decline' | 'withdraw') => {
    const answer = await confirm({
      title: t(`${wanted}Title`, { number }),
      body: null,
      action: t(wanted),
      reason: { label: t('reason') },
    })
    if (answer.confirmed) step.mutate({ step: wanted, reason: answer.reason ?? '' })
  }
  return (
    <>
      {step.error && <ErrorState error={step.error} takesFocus />}
      <div className="policy-actions">
        {withdraw && <Button onClick={() => void askReason('withdraw')}>{t('withdraw')}</Button>}
        {decline && <Button onClick={() => void askReason('decline')}>{t('decline')}</Button>}
        {release && (
          <Button type="primary" loading={step.isPending} onClick={() => void askRelease()}>
            {t('release')}
          </Button>
        )}
      </div>
    </>
  )
}

const useStep = (decide: CourseProps['decide']) => {
  const { t } = useTexts(proposingTexts)
  const toast = useToast()
  return useWrite({
    write: ({ step, reason }: { step: Step; reason: string }, { idempotencyKey }) =>
      decide(step, reason, idempotencyKey),
    // What is released changes what every page of the library says.
    invalidates: [[]],
    onDone: (_, { step }) => toast({ text: t(`done.${step}`) }),
  })
}
