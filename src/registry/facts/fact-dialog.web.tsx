import { Button } from 'antd'
import { useId, useState } from 'react'
import { callRoute } from '#access/web'
import {
  DateField,
  Dialog,
  ErrorState,
  ErrorSummary,
  RadioField,
  SelectField,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { readHousehold } from '../household/contract.ts'
import { useLabels } from '../labels/labels.web.ts'
import { type FactKind, factCatalogue, factKinds, type SubjectKind } from './catalogue.ts'
import { listFactsToCheck, recordFact } from './contract.ts'
import { type DraftField, draftValueOf, type FactDraft, faultsOfDraft } from './fact-draft.ts'
import { useFactLabel } from './fact-text.web.tsx'
import { factTexts } from './texts.ts'
import { ValueField } from './value-field.web.tsx'
import './facts.css'

/** Somebody a fact can be recorded of. */
export interface FactSubject {
  readonly id: string
  readonly kind: SubjectKind
  readonly name: string
}

interface FactDialogProps {
  readonly householdId: string
  readonly subjects: readonly FactSubject[]
  /** What the form begins with, where a missing fact was pressed. */
  readonly start?: { readonly subjectId: string; readonly kind: FactKind }
  readonly onClose: () => void
}

const fieldOrder: readonly DraftField[] = [
  'subject',
  'kind',
  'value',
  'provenance',
  'validFrom',
  'validUntil',
]

/** Records a fact of a household or a member; a second person checks it afterwards. */
export const FactDialog = ({ householdId, subjects, start, onClose }: FactDialogProps) => {
  const { t } = useTexts(factTexts)
  const labelOf = useFactLabel()
  const toast = useToast()
  const today = useSession().businessDate
  const id = useId()
  const [draft, setDraft] = useState<FactDraft>({ isAbsent: false, count: '', validFrom: today, ...start })
  const [isShown, setIsShown] = useState(false)
  const faults = faultsOfDraft(draft, today)
  const save = useWrite({
    write: (body: unknown, { idempotencyKey }) =>
      callRoute(recordFact, { params: { id: householdId }, body, idempotencyKey }),
    invalidates: [[readHousehold.path], [listFactsToCheck.path]],
    onDone: () => {
      toast({ text: t('dialog.saved', { fact: draft.kind ? labelOf(draft.kind) : '' }), tone: 'good' })
      onClose()
    },
  })
  const send = () => {
    setIsShown(true)
    if (faults.size > 0) return
    const { subjectId, kind, provenance, validFrom, validUntil } = draft
    save.mutate({ subjectId, kind, provenance, validFrom, validUntil, value: draftValueOf(draft) })
  }
  const errorOf = (field: DraftField): string | undefined => {
    const fault = isShown ? faults.get(field) : undefined
    return fault && t(`dialog.${fault}`)
  }
  const actions = (
    <>
      <Button onClick={onClose}>{t('dialog.cancel')}</Button>
      <Button type="primary" loading={save.isPending} onClick={send}>
        {t('dialog.save')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('dialog.title')} actions={actions} onClose={onClose} isDismissable={false}>
      <div className="registry-form">
        <p className="dd-quiet">{t('dialog.lead')}</p>
        {save.error && <ErrorState error={save.error} takesFocus />}
        {isShown && (
          <ErrorSummary
            faults={fieldOrder.flatMap((field) => {
              const message = errorOf(field)
              return message ? [{ fieldId: `${id}-${field}`, message }] : []
            })}
          />
        )}
        <FactFields
          id={id}
          subjects={subjects}
          draft={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          errorOf={errorOf}
        />
      </div>
    </Dialog>
  )
}

interface FactFieldsProps {
  readonly id: string
  readonly subjects: readonly FactSubject[]
  readonly draft: FactDraft
  readonly onChange: (change: Partial<FactDraft>) => void
  readonly errorOf: (field: DraftField) => string | undefined
}

const FactFields = ({ id, subjects, draft, onChange, errorOf }: FactFieldsProps) => {
  const { t } = useTexts(factTexts)
  const { label } = useLabels()
  const labelOf = useFactLabel()
  const today = useSession().businessDate
  const subject = subjects.find((one) => one.id === draft.subjectId)
  const kinds = factKinds.filter((kind) => factCatalogue[kind].subject === subject?.kind)
  const ways = draft.kind === undefined ? [] : factCatalogue[draft.kind].provenances
  const field = (name: DraftField) => ({ id: `${id}-${name}`, error: errorOf(name) })
  return (
    <>
      <div className="registry-pair">
        <SelectField
          {...field('subject')}
          label={t('dialog.subject')}
          value={draft.subjectId}
          onChange={(subjectId) => onChange({ subjectId, kind: undefined, isAbsent: false })}
          options={subjects.map((one) => ({ value: one.id, label: one.name }))}
        />
        <SelectField
          {...field('kind')}
          label={t('dialog.kind')}
          value={draft.kind}
          onChange={(kind) => onChange({ kind, isAbsent: false, code: undefined, provenance: undefined })}
          options={kinds.map((kind) => ({ value: kind, label: labelOf(kind) }))}
        />
      </div>
      <ValueField draft={draft} onChange={onChange} {...field('value')} />
      {ways.length > 0 && (
        <RadioField
          {...field('provenance')}
          label={t('dialog.provenance')}
          value={draft.provenance}
          onChange={(provenance) => onChange({ provenance })}
          options={ways.map((way) => ({ value: way, label: label('provenance', way) }))}
        />
      )}
      <div className="registry-pair">
        <DateField
          {...field('validFrom')}
          label={t('dialog.validFrom')}
          hint={t('dialog.validFromHint')}
          max={today}
          value={draft.validFrom}
          onChange={(validFrom) => onChange({ validFrom })}
        />
        <DateField
          {...field('validUntil')}
          label={t('dialog.validUntil')}
          hint={t('dialog.validUntilHint')}
          isOptional
          value={draft.validUntil}
          onChange={(validUntil) => onChange({ validUntil })}
        />
      </div>
    </>
  )
}
