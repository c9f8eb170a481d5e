import { MaskedText, Section, StatusTag, usePermission, useTexts } from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import { fetchNumber } from '../people/search-queries.web.ts'
import type { HouseholdFile, MemberView } from './contract.ts'
import { inForce } from './file-view.ts'
import { householdTexts } from './texts.ts'

/** The members as cards, those who left at the end. */
export const Members = ({ file, today }: { readonly file: HouseholdFile; readonly today: string }) => {
  const { t } = useTexts(householdTexts)
  const present = file.members.filter(({ leftOn }) => leftOn === null).length
  return (
    <Section title={t('members', { count: String(present) })}>
      <ul className="registry-members">
        {file.members.map((member) => (
          <li key={member.id}>
            <MemberCard member={member} today={today} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const MemberCard = ({ member, today }: { readonly member: MemberView; readonly today: string }) => {
  const { t } = useTexts(householdTexts)
  const { label, join } = useLabels()
  const mayReveal = usePermission('person.reveal')
  const who = join([
    label('relation', member.relation),
    ...(member.sex === null ? [] : [label('sex', member.sex)]),
    ...(member.age === null ? [] : [t('age', { age: String(member.age) })]),
  ])
  return (
    <article className="registry-member" data-left={member.leftOn === null ? undefined : true}>
      <h3>{member.name ?? t('noName')}</h3>
      <p className="registry-marks">
        {member.leftOn !== null && <StatusTag>{t('leftOn', { date: member.leftOn })}</StatusTag>}
        {inForce(member.tags, today).map((tag) => (
          <StatusTag key={tag.label} tone="primary">
            {label('tag', tag.label)}
          </StatusTag>
        ))}
        {inForce(member.categories, today).map(({ category }) => (
          <StatusTag key={category}>{label('category', category)}</StatusTag>
        ))}
      </p>
      <p>{who}</p>
      {member.birthDate !== null && <p className="dd-quiet">{t('born', { date: member.birthDate })}</p>}
      {member.number === null ? (
        <p className="dd-quiet">{t('noNumber')}</p>
      ) : (
        <MaskedText
          masked={member.number}
          what={t('number')}
          {...(mayReveal ? { onReveal: (reason: string) => fetchNumber(member.id, reason) } : {})}
        />
      )}
    </article>
  )
}
