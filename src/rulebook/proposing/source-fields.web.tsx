import {
  DateField,
  type FormFault,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
  useTexts,
} from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import type { MissingSource, SourceDraft } from './source-draft.ts'
import { proposingTexts } from './texts.ts'

interface SourceFieldsProps {
  readonly id: string
  /** The documents of the library. */
  readonly documents: readonly {
    readonly document: string
    readonly title: { readonly zh: string; readonly en: string }
    readonly number: string | null
  }[]
  readonly draft: SourceDraft
  readonly faults: readonly FormFault[]
  readonly onEdit: (changes: Partial<SourceDraft>) => void
}

const errorIn = (faults: readonly FormFault[], id: string, field: MissingSource): string | undefined =>
  faults.find(({ fieldId }) => fieldId === `${id}-${field}`)?.message

/** Document, clause and note. */
export const SourceFields = (props: SourceFieldsProps) => {
  const { id, documents, draft, faults, onEdit } = props
  const { t } = useTexts(proposingTexts)
  const pick = usePick()
  return (
    <>
      <RadioField
        label={t('source')}
        value={draft.isNew ? 'new' : 'known'}
        onChange={(value) => onEdit({ isNew: value === 'new' })}
        options={[
          { value: 'new', label: t('newDocument') },
          { value: 'known', label: t('known') },
        ]}
      />
      {draft.isNew ? (
        <NewDocumentFields {...props} />
      ) : (
        <SelectField
          id={`${id}-document`}
          label={t('document')}
          value={draft.document}
          error={errorIn(faults, id, 'document')}
          onChange={(document) => onEdit({ document })}
          options={documents.map(({ document, title, number }) => ({
            value: document,
            label: number ? `${pick(title)}（${number}）` : pick(title),
          }))}
        />
      )}
      <TextField
        id={`${id}-clause`}
        label={t('clause')}
        hint={t('clauseHint')}
        value={draft.clause}
        error={errorIn(faults, id, 'clause')}
        onChange={(clause) => onEdit({ clause })}
        input={{ maxLength: 60 }}
      />
      <TextAreaField
        label={t('note')}
        isOptional
        value={draft.note}
        onChange={(note) => onEdit({ note })}
        input={{ rows: 3, maxLength: 500 }}
      />
    </>
  )
}

const NewDocumentFields = ({ id, draft, faults, onEdit }: SourceFieldsProps) => {
  const { t } = useTexts(proposingTexts)
  return (
    <>
      <TextField
        id={`${id}-title`}
        label={t('title_')}
        value={draft.title}
        error={errorIn(faults, id, 'title')}
        onChange={(title) => onEdit({ title })}
        input={{ maxLength: 200 }}
      />
      <TextField
        label={t('number')}
        isOptional
        value={draft.number}
        onChange={(number) => onEdit({ number })}
        input={{ maxLength: 60 }}
      />
      <TextField
        id={`${id}-issuer`}
        label={t('issuer')}
        value={draft.issuer}
        error={errorIn(faults, id, 'issuer')}
        onChange={(issuer) => onEdit({ issuer })}
        input={{ maxLength: 100 }}
      />
      <DateField
        label={t('issuedOn')}
        isOptional
        value={draft.issuedOn}
        onChange={(issuedOn) => onEdit({ issuedOn })}
      />
    </>
  )
}
