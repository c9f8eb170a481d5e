import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import type { ReplyOf } from '#access'
import { callRoute, minuteText } from '#access/web'
import {
  ErrorState,
  Facts,
  LoadingSkeleton,
  Page,
  Section,
  useConfirm,
  usePermission,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { PolicyTabs, usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import { ChecksView, PreviewView } from './checks.web.tsx'
import { declineProposal, readProposal, releaseProposal, withdrawProposal } from './contract.ts'
import { ProposalState } from './proposals.web.tsx'
import { parameterTexts } from './texts.ts'

type ProposalFile = ReplyOf<typeof readProposal>

/** One change: what it says and rests on, its checks while it is open, and what may be done with it. */
export const ProposalPage = () => {
  const { id = '' } = useParams()
  const { t } = useTexts(parameterTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  const { data, error, refetch } = useQuery({
    queryKey: [readProposal.path, id],
    queryFn: ({ signal }) => callRoute(readProposal, { params: { id }, signal }),
  })
  const title = data ? t('proposal.title', { number: String(data.proposal.number) }) : t('list.title')
  return (
    <Page
      title={title}
      breadcrumbs={[
        { label: tLibrary('title'), to: '/policies' },
        { label: t('list.title'), to: '/policies/proposals' },
        { label: title },
      ]}
      marks={data && <ProposalState state={data.proposal.state} />}
      help={<p>{t('propose.help')}</p>}
    >
      <PolicyTabs />
      {data ? (
        <FileView file={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={8} />
      )}
    </Page>
  )
}

const FileView = ({ file }: { readonly file: ProposalFile }) => {
  const { t } = useTexts(parameterTexts)
  const mayPreview = usePermission('policy.propose')
  return (
    <>
      <Content file={file} />
      {file.checked && <ChecksView checked={file.checked} />}
      {file.checked?.isSound && mayPreview && <PreviewView change={file.change} />}
      <Section title={t('proposal.history')}>
        <Course file={file} />
        <Steps file={file} />
      </Section>
    </>
  )
}

const Content = ({ file }: { readonly file: ProposalFile }) => {
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  const { proposal, source, note, checkedOn } = file
  return (
    <Section title={t('proposal.content')}>
      <Facts
        items={[
          {
            label: t('proposal.parameter'),
            value: <Link to={`/policies/parameters/${proposal.parameter}`}>{pick(proposal.label)}</Link>,
          },
          { label: t('list.value'), value: <strong>{pick(proposal.value)}</strong> },
          {
            label: t('list.from'),
            value: proposal.until
              ? `${proposal.from} ${t('proposal.until')} ${proposal.until}`
              : proposal.from,
          },
          { label: t('list.region'), value: proposal.region.name },
          {
            label: t('proposal.source'),
            value: `${source.title}${source.number ? `（${source.number}）` : ''} ${source.clause}`,
          },
          { label: t('proposal.checkedOn'), value: checkedOn },
          { label: t('proposal.note'), value: note },
        ]}
      />
    </Section>
  )
}

const Course = ({ file: { proposal, isOwn } }: { readonly file: ProposalFile }) => {
  const { t } = useTexts(parameterTexts)
  const { proposedBy, proposedAt, decidedBy, decidedAt, state, reason } = proposal
  const outcome = state === 'scheduled' ? 'released' : state
  return (
    <ol>
      <li>
        {minuteText(proposedAt)} {t('proposal.proposed', { name: proposedBy.name })}
      </li>
      {outcome === 'open' || !decidedBy || !decidedAt ? (
        <li>{t(isOwn ? 'proposal.own' : 'proposal.waits')}</li>
      ) : (
        <li>
          {minuteText(decidedAt)} {t(`proposal.decided.${outcome}`, { name: decidedBy.name })}
          {reason && <p className="policy-text">{reason}</p>}
        </li>
      )}
    </ol>
  )
}

type Step = 'release' | 'decline' | 'withdraw'

const Steps = ({ file }: { readonly file: ProposalFile }) => {
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  const confirm = useConfirm()
  const step = useStep(file.proposal.id)
  const { number, label, value, from, region } = file.proposal
  const { release, decline, withdraw } = file.may
  if (!release && !decline && !withdraw) return null
  const askRelease = async () => {
    const answer = await confirm({
      title: t('proposal.releaseTitle', { number: String(number) }),
      body: t('proposal.releaseBody', {
        ...{ label: pick(label), value: pick(value) },
        ...{ from, region: region.name },
      }),
      action: t('proposal.release'),
    })
    if (answer.confirmed) step.mutate({ step: 'release', reason: '' })
  }
  const askReason = async (wanted: 'decline' | 'withdraw') => {
    const answer = await confirm({
      title: t(`proposal.${wanted}Title`, { number: String(number) }),
      body: null,
      action: t(`proposal.${wanted}`),
      reason: { label: t('proposal.reason') },
    })
    if (answer.confirmed) step.mutate({ step: wanted, reason: answer.reason ?? '' })
  }
  return (
    <>
      {step.error && <ErrorState error={step.error} takesFocus />}
      <div className="policy-actions">
        {withdraw && <Button onClick={() => void askReason('withdraw')}>{t('proposal.withdraw')}</Button>}
        {decline && <Button onClick={() => void askReason('decline')}>{t('proposal.decline')}</Button>}
        {release && (
          <Button type="primary" loading={step.isPending} onClick={() => void askRelease()}>
            {t('proposal.release')}
          </Button>
        )}
      </div>
    </>
  )
}

const useStep = (id: string) => {
  const { t } = useTexts(parameterTexts)
  const toast = useToast()
  return useWrite({
    write: ({ step, reason }: { step: Step; reason: string }, { idempotencyKey }) => {
      const call = { params: { id }, idempotencyKey }
      if (step === 'release') return callRoute(releaseProposal, { ...call, body: {} })
      const route = step === 'decline' ? declineProposal : withdrawProposal
      return callRoute(route, { ...call, body: { reason } })
    },
    // A released value changes what every page of the library says.
    invalidates: [[]],
    onDone: (_, { step }) => toast({ text: t(`proposal.done.${step}`) }),
  })
}
