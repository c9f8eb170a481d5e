import { Button } from 'antd'
import { useState } from 'react'
import type { BusinessDate } from '#base'
import { DateField, Icon, Section, SelectField, TextField, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import { CaseFacts } from './case-facts.web.tsx'
import { type EditedCase, expectations } from './change.ts'
import type { VersionFinding } from './contract.ts'
import type { EditorPart } from './edit.web.tsx'
import { nextCase } from './edit-draft.ts'
import { indicatorTexts } from './texts.ts'

type CaseListProps = EditorPart & { readonly findings: readonly VersionFinding[] }

/** The cases that try a version, one folded part each. */
export const CaseList = (props: CaseListProps) => {
  const { id, basis, draft, onEdit, findings } = props
  const { t } = useTexts(indicatorTexts)
  const { cases } = draft
  const [open, setOpen] = useState<number>()
  const replace = (index: number, next: EditedCase) =>
    onEdit({ cases: cases.map((one, at) => (at === index ? next : one)) })
  const add = () => {
    onEdit({ cases: [...cases, nextCase(cases, basis.today)] })
    setOpen(cases.length)
  }
  const remove = (index: number) => {
    onEdit({ cases: cases.filter((_, at) => at !== index) })
    setOpen(undefined)
  }
  return (
    <Section title={t('cases.title')}>
      <p id={`${id}-cases`}>{t('cases.lead')}</p>
      {cases.map((one, index) => (
        <CaseItem
          // biome-ignore lint/suspicious/noArrayIndexKey: a case has no identity but its place.
          key={index}
          {...props}
          index={index}
          one={one}
          isOpen={open === index}
          onOpen={(isOpen) => setOpen(isOpen ? index : undefined)}
          hasFault={findings.some((finding) => finding.case === index)}
          onChange={(next) => replace(index, next)}
          onRemove={() => remove(index)}
        />
      ))}
      <div className="policy-actions">
        <Button onClick={add}>{t('cases.add')}</Button>
      </div>
    </Section>
  )
}

interface CaseItemProps extends CaseListProps {
  readonly index: number
  readonly one: EditedCase
  readonly isOpen: boolean
  readonly hasFault: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onChange: (next: EditedCase) => void
  readonly onRemove: () => void
}

const CaseItem = (props: CaseItemProps) => {
  const { id, index, one, isOpen, hasFault, onOpen } = props
  const { t } = useTexts(indicatorTexts)
  return (
    <details
      className="indicator-case"
      open={isOpen}
      onToggle={({ currentTarget }) => currentTarget.open !== isOpen && onOpen(currentTarget.open)}
    >
      <summary id={`${id}-case-${index}`}>
        {hasFault && <Icon name="warning" />} {t('cases.number', { number: String(index + 1) })}{' '}
        <span>{one.name || t('cases.unnamed')}</span> <strong>{t(`cases.${one.expect}`)}</strong>
      </summary>
      {isOpen && <CaseForm {...props} />}
    </details>
  )
}

const mostMembers = 20

const CaseForm = ({ id, basis, one, findings, index, onChange, onRemove }: CaseItemProps) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const edit = (changes: Partial<EditedCase>) => onChange({ ...one, ...changes })
  const fault = findings.find((finding) => finding.case === index)
  const setMembers = (text: string) => {
    const members = Math.min(Number(text.replaceAll(/\D/gu, '')) || 0, mostMembers)
    edit({ members, facts: one.facts.filter(({ of }) => of <= members) })
  }
  return (
    <>
      <div className="policy-form">
        <TextField
          id={`${id}-case-${index}-name`}
          label={t('cases.name')}
          value={one.name}
          error={fault && pick(fault.text)}
          onChange={(name) => edit({ name })}
          input={{ maxLength: 100 }}
        />
        <DateField
          label={t('cases.today')}
          value={one.today as BusinessDate}
          onChange={(today) => today && edit({ today })}
        />
        <SelectField
          label={t('cases.expect')}
          value={one.expect}
          onChange={(expect) => expect && edit({ expect })}
          options={expectations.map((value) => ({ value, label: t(`cases.${value}`) }))}
        />
        {basis.member && (
          <TextField
            label={t('cases.members')}
            value={String(one.members)}
            onChange={setMembers}
            input={{ inputMode: 'numeric', maxLength: 2 }}
          />
        )}
      </div>
      <CaseFacts basis={basis} one={one} onEdit={(facts) => edit({ facts })} />
      <div className="policy-actions">
        <Button onClick={onRemove}>{t('cases.remove')}</Button>
      </div>
    </>
  )
}
