import type { BusinessDate } from '#base'
import { EmptyState, Section, StatusTag, useTexts } from '#ui/web'
import type { StatementView } from '../compared/contract.ts'
import { StatementLine, StatementList } from '../compared/statements.web.tsx'
import { comparedTexts } from '../compared/texts.ts'
import { factKinds } from '../facts/catalogue.ts'
import { CheckButtons } from '../facts/check-buttons.web.tsx'
import type { FactView } from '../facts/contract.ts'
import { FactAge, FactSource, FactText, useFactLabel } from '../facts/fact-text.web.tsx'
import { factTexts } from '../facts/texts.ts'
import type { HouseholdFile } from './contract.ts'
import { factsOfSubject, type KnownFact, statementsAgainst } from './file-view.ts'
import { householdTexts } from './texts.ts'

interface KnownFactsProps {
  readonly file: HouseholdFile
  readonly today: BusinessDate
  readonly actions?: React.ReactNode
}

/**
 * What is known, of the household first and then of each member, with source and age: what people told, beside it what
 * departments say against it, then all that departments say of the member.
 */
export const KnownFacts = ({ file, today, actions }: KnownFactsProps) => {
  const { t } = useTexts(householdTexts)
  const subjects = [
    { id: file.id, name: t('ofHousehold') },
    ...file.members.map(({ id, name }) => ({ id, name: name ?? t('noName') })),
  ]
  const known = subjects
    .map((subject) => ({
      ...subject,
      facts: factsOfSubject(file.facts, subject.id, factKinds, today),
      statements: file.statements.filter(({ subjectId }) => subjectId === subject.id),
    }))
    .filter(({ facts, statements }) => facts.length > 0 || statements.length > 0)
  return (
    <Section title={t('facts')} actions={actions}>
      {known.length === 0 && (
        <EmptyState icon="file" title={t('noFacts')}>
          {t('noFactsBody')}
        </EmptyState>
      )}
      {known.map(({ id, name, facts, statements }) => (
        <div key={id}>
          <h3 className="registry-person">{name}</h3>
          <dl className="registry-facts">
            <Membership against={statementsAgainst(file, id, 'membership')} />
            {facts.map((fact) => (
              <OneKind
                key={fact.kind}
                fact={fact}
                against={statementsAgainst(file, id, fact.kind)}
                nameOf={(memberId) => (memberId === id ? undefined : nameIn(subjects, memberId))}
                today={today}
              />
            ))}
          </dl>
          <StatementList statements={statements} />
        </div>
      ))}
    </Section>
  )
}

const nameIn = (subjects: readonly { readonly id: string; readonly name: string }[], id: string) =>
  subjects.find((subject) => subject.id === id)?.name

/** Registered as a member, and a department says that the person has died. */
const Membership = ({ against }: { readonly against: readonly StatementView[] }) => {
  const { t } = useTexts(comparedTexts)
  const { t: factText } = useTexts(factTexts)
  if (against.length === 0) return null
  return (
    <div className="registry-fact">
      <dt>
        {t('membership')} <StatusTag tone="orange">{factText('differs')}</StatusTag>
      </dt>
      <dd>
        <span className="registry-fact-value">{t('present')}</span>
        {against.map((statement) => (
          <StatementLine key={statement.id} statement={statement} />
        ))}
      </dd>
    </div>
  )
}

interface OneKindProps {
  readonly fact: KnownFact
  /** What departments say against it. */
  readonly against: readonly StatementView[]
  readonly nameOf: (memberId: string) => string | undefined
  readonly today: BusinessDate
}

const OneKind = ({ fact, against, nameOf, today }: OneKindProps) => {
  const { t } = useTexts(factTexts)
  const labelOf = useFactLabel()
  return (
    <div className="registry-fact">
      <dt>
        {labelOf(fact.kind)}
        {(fact.differs || against.length > 0) && <StatusTag tone="orange">{t('differs')}</StatusTag>}
      </dt>
      <dd>
        {fact.waiting.map((one) => (
          <WaitingLine key={one.id} fact={one} today={today} />
        ))}
        {fact.current.map((one) => (
          <FactLine key={one.id} fact={one} today={today} />
        ))}
        {against.map((statement) => (
          <StatementLine key={statement.id} statement={statement} who={nameOf(statement.subjectId)} />
        ))}
        {fact.past.length > 0 && (
          <details>
            <summary>{t('history', { count: String(fact.past.length) })}</summary>
            {fact.past.map((one) => (
              <FactLine key={one.id} fact={one} today={today} />
            ))}
          </details>
        )}
      </dd>
    </div>
  )
}

const FactLine = ({ fact, today }: { readonly fact: FactView; readonly today: BusinessDate }) => (
  <span className="registry-fact-line">
    <span className="registry-fact-value">
      <FactText kind={fact.kind} value={fact.value} />
    </span>
    <FactSource fact={fact} />
    <FactAge fact={fact} today={today} />
  </span>
)

const WaitingLine = ({ fact, today }: { readonly fact: FactView; readonly today: BusinessDate }) => {
  const { t } = useTexts(factTexts)
  return (
    <span className="registry-fact-line">
      <StatusTag tone="orange">{t('toCheck')}</StatusTag>
      <FactLine fact={fact} today={today} />
      {fact.own ? <span className="dd-quiet">{t('own')}</span> : <CheckButtons fact={fact} />}
    </span>
  )
}
