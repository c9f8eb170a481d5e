import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import type { ReplyOf } from '#access'
import { callRoute } from '#access/web'
import { Facts, Section, usePermission, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import { ProposalCourseSection, type Step } from '../proposing/course.web.tsx'
import { citedSource, ProposalFrame } from '../proposing/frame.web.tsx'
import { ChecksView, PreviewView } from './checks.web.tsx'
import { declineProposal, readProposal, releaseProposal, withdrawProposal } from './contract.ts'
import { parameterTexts } from './texts.ts'

type ProposalFile = ReplyOf<typeof readProposal>

/** One change: what it says and rests on, its checks while it is open, and what may be done with it. */
export const ProposalPage = () => {
  const { id = '' } = useParams()
  const { t } = useTexts(parameterTexts)
  const query = useQuery({
    queryKey: [readProposal.path, id],
    queryFn: ({ signal }) => callRoute(readProposal, { params: { id }, signal }),
  })
  const title = query.data
    ? t('proposal.title', { number: String(query.data.proposal.number) })
    : t('list.title')
  return (
    <ProposalFrame
      title={title}
      help={t('propose.help')}
      above={[{ label: t('list.title'), to: '/policies/proposals' }]}
      query={query}
    >
      {(file) => <FileView file={file} />}
    </ProposalFrame>
  )
}

const FileView = ({ file }: { readonly file: ProposalFile }) => {
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  const mayPreview = usePermission('policy.propose')
  const { id, label, value, from, region } = file.proposal
  const releaseBody = t('proposal.releaseBody', {
    ...{ label: pick(label), value: pick(value) },
    ...{ from, region: region.name },
  })
  return (
    <>
      <Content file={file} />
      {file.checked && <ChecksView checked={file.checked} />}
      {file.checked?.isSound && mayPreview && <PreviewView change={file.change} />}
      <ProposalCourseSection
        {...file}
        releaseBody={releaseBody}
        decide={(step, reason, idempotencyKey) => decide(id, step, reason, idempotencyKey)}
      />
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
            value: citedSource(source),
          },
          { label: t('proposal.checkedOn'), value: checkedOn },
          { label: t('proposal.note'), value: note },
        ]}
      />
    </Section>
  )
}

const decide = (id: string, step: Step, reason: string, idempotencyKey: string) => {
  const call = { params: { id }, idempotencyKey }
  if (step === 'release') return callRoute(releaseProposal, { ...call, body: {} })
  const route = step === 'decline' ? declineProposal : withdrawProposal
  return callRoute(route, { ...call, body: { reason } })
}
