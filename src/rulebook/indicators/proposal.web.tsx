import { Link, useParams } from 'react-router'
import type { ReplyOf } from '#access'
import { callRoute } from '#access/web'
import { Facts, Section, usePermission, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import { ProposalCourseSection, type Step } from '../proposing/course.web.tsx'
import { citedSource, ProposalFrame } from '../proposing/frame.web.tsx'
import { declineVersion, type readIndicatorProposal, releaseVersion, withdrawVersion } from './contract.ts'
import { DifferencesTable } from './differences.web.tsx'
import { FindingsSection } from './findings.web.tsx'
import { useIndicatorProposal } from './indicator-queries.web.ts'
import { indicatorTexts } from './texts.ts'
import { TrialSection } from './trial.web.tsx'

type ProposalFile = ReplyOf<typeof readIndicatorProposal>

/** One proposed version: what it changes, its check while it is open, a trial, and what may be done with it. */
export const IndicatorProposalPage = () => {
  const { id = '' } = useParams()
  const { t } = useTexts(indicatorTexts)
  const query = useIndicatorProposal(id)
  const title = query.data
    ? t('proposal.title', { number: String(query.data.proposal.number) })
    : t('proposals.title')
  return (
    <ProposalFrame
      title={title}
      help={t('list.help')}
      above={[
        { label: t('list.title'), to: '/policies/indicators' },
        { label: t('proposals.title'), to: '/policies/indicator-proposals' },
      ]}
      query={query}
    >
      {(file) => <FileView file={file} />}
    </ProposalFrame>
  )
}

const FileView = ({ file }: { readonly file: ProposalFile }) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const mayTry = usePermission('policy.propose')
  const { proposal, source, change, differs, checked } = file
  const { id, name, from, until, region, indicator, isNew, state } = proposal
  const isThere = !isNew || state === 'released' || state === 'scheduled'
  return (
    <>
      <Section title={t('proposal.content')}>
        <Facts
          items={[
            {
              label: t('proposals.name'),
              value: isThere ? (
                <Link to={`/policies/indicators/${indicator}`}>{pick(name)}</Link>
              ) : (
                pick(name)
              ),
            },
            { label: t('proposals.kind'), value: t(isNew ? 'proposals.isNew' : 'proposals.isVersion') },
            {
              label: t('fields.from'),
              value: until ? `${from} ${t('one.untilDay', { until })}` : from,
            },
            { label: t('proposals.region'), value: region.name },
            {
              label: t('proposal.source'),
              value: citedSource(source),
            },
            { label: t('proposal.note'), value: change.note },
          ]}
        />
        <DifferencesTable differences={differs} />
      </Section>
      {checked && <FindingsSection checked={checked} isCurrent />}
      {checked?.isSound && mayTry && <TrialSection change={change} />}
      <ProposalCourseSection
        {...file}
        releaseBody={t('proposal.releaseBody', { name: pick(name), from, region: region.name })}
        decide={(step, reason, idempotencyKey) => decide(id, step, reason, idempotencyKey)}
      />
    </>
  )
}

const decide = (id: string, step: Step, reason: string, idempotencyKey: string) => {
  const call = { params: { id }, idempotencyKey }
  if (step === 'release') return callRoute(releaseVersion, { ...call, body: {} })
  return callRoute(step === 'decline' ? declineVersion : withdrawVersion, { ...call, body: { reason } })
}
