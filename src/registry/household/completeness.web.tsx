import { Button, Progress } from 'antd'
import { usePermission, useTexts } from '#ui/web'
import { type FactKind, isFactKind } from '../facts/catalogue.ts'
import { useFactLabel } from '../facts/fact-text.web.tsx'
import type { HouseholdFile } from './contract.ts'
import { householdTexts } from './texts.ts'

interface MissingFactsProps {
  readonly file: HouseholdFile
  readonly onRecord: (start: { readonly subjectId: string; readonly kind: FactKind }) => void
}

/** How complete the file is, and what is missing, each with a button that records it. */
export const Completeness = ({ file, onRecord }: MissingFactsProps) => {
  const { t } = useTexts(householdTexts)
  const labelOf = useFactLabel()
  const mayRecord = usePermission('fact.record') && file.endedOn === null
  const { percent, missing } = file.completeness
  const nameOf = (subjectId: string): string => {
    const member = file.members.find(({ id }) => id === subjectId)
    return member ? (member.name ?? t('noName')) : t('ofHousehold')
  }
  return (
    <div className="registry-missing">
      <Progress percent={percent} size="small" aria-label={t('head.completeness')} />
      {missing.length === 0 ? (
        <p className="dd-quiet">{t('complete')}</p>
      ) : (
        <details>
          <summary>{t('missing', { count: missing.length })}</summary>
          <ul>
            {missing.map(({ subjectId, kind }) => (
              <li key={`${subjectId} ${kind}`}>
                {nameOf(subjectId)} · {labelOf(kind)}
                {mayRecord && isFactKind(kind) && (
                  <Button size="small" type="link" onClick={() => onRecord({ subjectId, kind })}>
                    {t('recordMissing')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
