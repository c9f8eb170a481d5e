import { Button } from 'antd'
import { useState } from 'react'
import { Icon, Section, StatusTag, usePermission, useTexts } from '#ui/web'
import type { HouseholdFile } from '../household/contract.ts'
import { inForce } from '../household/file-view.ts'
import { householdTexts } from '../household/texts.ts'
import { useLabels } from '../labels/labels.web.ts'
import { LabelDialog, type OneLabel } from './label-dialog.web.tsx'
import { labelEditTexts } from './texts.ts'

/** Every label of a household and its members with its words and whose it is, the household's first. */
export const useLabelsOf = () => {
  const { t } = useTexts(labelEditTexts)
  const { t: householdText } = useTexts(householdTexts)
  const { label } = useLabels()
  return (file: HouseholdFile): OneLabel[] => [
    ...file.needs.map((one) => ({ ...one, who: t('household'), text: label('need', one.label) })),
    ...file.members.flatMap(({ name, tags }) =>
      tags.map((one) => ({
        ...one,
        who: name ?? householdText('noName'),
        text: label('tag', one.label),
      })),
    ),
  ]
}

/** Labels over time, and the way to change them. */
export const LabelSection = ({ file, today }: { readonly file: HouseholdFile; readonly today: string }) => {
  const { t } = useTexts(labelEditTexts)
  const labelsOf = useLabelsOf()
  const mayEdit = usePermission('fact.record') && file.endedOn === null
  const [isOpen, setIsOpen] = useState(false)
  const all = labelsOf(file)
  const current = inForce(all, today)
  // One ended on its first day held on no day: it was put by mistake.
  const past = all.filter(
    ({ validFrom, validUntil }) => validUntil !== null && validUntil <= today && validUntil > validFrom,
  )
  return (
    <Section
      title={t('title')}
      actions={
        mayEdit && (
          <Button icon={<Icon name="edit" />} onClick={() => setIsOpen(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      {current.length === 0 ? <p className="dd-quiet">{t('none')}</p> : <LabelLines labels={current} />}
      {past.length > 0 && (
        <details className="registry-missing">
          <summary>{t('past', { count: String(past.length) })}</summary>
          <LabelLines labels={past} />
        </details>
      )}
      {isOpen && <LabelDialog file={file} current={current} onClose={() => setIsOpen(false)} />}
    </Section>
  )
}

const LabelLines = ({ labels }: { readonly labels: readonly OneLabel[] }) => {
  const { t } = useTexts(labelEditTexts)
  return (
    <ul className="registry-list">
      {labels.map(({ id, who, text, validFrom, validUntil }) => (
        <li key={id}>
          <StatusTag tone="primary">{text}</StatusTag> {who}{' '}
          <span className="dd-quiet dd-figures">
            {validUntil === null
              ? t('since', { from: validFrom })
              : t('between', { from: validFrom, until: validUntil })}
          </span>
        </li>
      ))}
    </ul>
  )
}
