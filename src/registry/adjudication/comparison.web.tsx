import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Tone } from '#ui'
import { Section, StatusTag, useTexts } from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import type { Agreement } from './compare.ts'
import type { CandidateView, CaseFile } from './contract.ts'
import { adjudicationTexts, strengthOf, wordKeyOf } from './texts.ts'
import './adjudication.css'

const fields = ['name', 'number', 'birthDate', 'sex', 'place'] as const
type Field = (typeof fields)[number]

const toneOf: Readonly<Record<Agreement, Tone>> = {
  same: 'good',
  similar: 'yellow',
  different: 'red',
  missing: 'neutral',
}

interface ComparisonProps {
  readonly file: CaseFile
  /** The button that chooses a candidate; nothing where it cannot be chosen. */
  readonly choice: (candidate: CandidateView) => ReactNode
}

/** The row and its candidates in columns, field by field; cards below one another on a phone. */
export const Comparison = ({ file, choice }: ComparisonProps) => {
  const { t } = useTexts(adjudicationTexts)
  return (
    <Section title={t('file.compare')}>
      <div className="registry-comparison">
        <Column title={t('file.row')} isRow>
          {fields.map((field) => (
            <Line key={field} field={field} value={file.row[field]} />
          ))}
        </Column>
        {file.candidates.map((candidate, at) => (
          <Candidate
            key={candidate.personId}
            title={t('file.candidate', { number: String(at + 1) })}
            candidate={candidate}
            isChosen={file.personId === candidate.personId}
          >
            {choice(candidate)}
          </Candidate>
        ))}
      </div>
      {file.candidates.length === 0 && <p>{t('file.nobody')}</p>}
    </Section>
  )
}

const Column = (props: {
  readonly title: string
  readonly isRow?: boolean
  readonly isChosen?: boolean
  readonly choice?: ReactNode
  readonly children: ReactNode
}) => (
  <article className="registry-side" data-row={props.isRow} data-chosen={props.isChosen || undefined}>
    <h3>{props.title}</h3>
    <dl>{props.children}</dl>
    {props.choice}
  </article>
)

const Line = (props: {
  readonly field: Field
  readonly value: string | null
  readonly agreement?: Agreement
}) => {
  const { t } = useTexts(adjudicationTexts)
  const { label } = useLabels()
  const { field, value, agreement } = props
  const shown = value !== null && field === 'sex' ? label('sex', value) : value
  return (
    <div>
      <dt>{t(`file.fields.${field}`)}</dt>
      <dd>
        {shown === null ? (
          <span className="dd-quiet">{t('file.agreement.missing')}</span>
        ) : (
          <span>{shown}</span>
        )}
        {agreement && agreement !== 'missing' && (
          <StatusTag tone={toneOf[agreement]}>{t(`file.agreement.${agreement}`)}</StatusTag>
        )}
      </dd>
    </div>
  )
}

interface CandidateProps {
  readonly title: string
  readonly candidate: CandidateView
  readonly isChosen: boolean
  readonly children: ReactNode
}

const Candidate = ({ title, candidate, isChosen, children }: CandidateProps) => {
  const { t } = useTexts(adjudicationTexts)
  const { label } = useLabels()
  const { identity, agreement, household, relation } = candidate
  return (
    <Column title={title} isChosen={isChosen} choice={children}>
      {identity === null ? (
        <div>
          <dt>{t('file.field')}</dt>
          <dd>{t('file.outside')}</dd>
        </div>
      ) : (
        fields.map((field) => (
          <Line key={field} field={field} value={identity[field]} agreement={agreement?.[field]} />
        ))
      )}
      {relation !== null && (
        <div>
          <dt>{t('file.relation')}</dt>
          <dd>{label('relation', relation)}</dd>
        </div>
      )}
      {household && (
        <div>
          <dt>{t('file.household')}</dt>
          <dd>
            <Link to={`/households/${household.id}`}>{household.number}</Link>
          </dd>
        </div>
      )}
      <Score candidate={candidate} />
    </Column>
  )
}

const Score = ({ candidate }: { readonly candidate: CandidateView }) => {
  const { t } = useTexts(adjudicationTexts)
  const { score, reasons, vetoes } = candidate
  const say = (group: 'agrees' | 'scored' | 'vetoes', word: string): string => {
    const key = wordKeyOf(group, word)
    return key ? t(key) : word
  }
  const evidence = reasons.flatMap((reason) =>
    reason.weight === null ? [] : [{ ...reason, weight: reason.weight }],
  )
  return (
    <div>
      <dt>{t('file.score')}</dt>
      <dd>
        {score === null ? t('numberAgrees') : t('file.scoreOf', { score: String(score) })}
        {evidence.length > 0 && (
          <ul className="registry-evidence">
            {evidence.map(({ field, agrees, weight }) => (
              <li key={field}>
                {t('file.evidence', {
                  field: say('scored', field),
                  agrees: say('agrees', agrees),
                  strength: t(`file.strength.${strengthOf(weight)}`),
                  weight: signed(weight),
                })}
              </li>
            ))}
          </ul>
        )}
        {vetoes.map((veto) => (
          <p key={veto} className="registry-evidence">
            {say('vetoes', veto)}
          </p>
        ))}
      </dd>
    </div>
  )
}

const signed = (weight: number): string => (weight < 0 ? `−${-weight}` : `+${weight}`)

/** The button under a candidate. */
export const ChooseButton = (props: { readonly isBusy: boolean; readonly onChoose: () => void }) => {
  const { t } = useTexts(adjudicationTexts)
  return (
    <Button loading={props.isBusy} onClick={props.onChoose}>
      {t('file.decideHere')}
    </Button>
  )
}
