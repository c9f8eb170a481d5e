import { type Fen, yuanTextOf } from '#base'
import {
  DateField,
  type FormFault,
  MoneyField,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
  useTexts,
} from '#ui/web'
import type { Parameter } from '../library/parameter.web.tsx'
import { usePick } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import type { Draft, Missing } from './draft.ts'
import { parameterTexts } from './texts.ts'

interface FieldsProps {
  readonly id: string
  readonly parameter: Parameter
  readonly draft: Draft
  readonly faults: readonly FormFault[]
  readonly onEdit: (changes: Partial<Draft>) => void
}

const errorIn = (faults: readonly FormFault[], id: string, field: Missing): string | undefined =>
  faults.find(({ fieldId }) => fieldId === `${id}-${field}`)?.message

/** Value, days and region. */
export const ValueFields = ({ id, parameter, draft, faults, onEdit }: FieldsProps) => {
  const { t } = useTexts(parameterTexts)
  return (
    <>
      <ValueField id={id} parameter={parameter} draft={draft} faults={faults} onEdit={onEdit} />
      <DateField
        id={`${id}-from`}
        label={t('propose.from')}
        value={draft.from}
        error={errorIn(faults, id, 'from')}
        onChange={(from) => onEdit({ from })}
      />
      <DateField
        label={t('propose.until')}
        hint={t('propose.untilHint')}
        isOptional
        value={draft.until}
        onChange={(until) => onEdit({ until })}
      />
      <SelectField
        id={`${id}-region`}
        label={t('propose.region')}
        value={draft.region}
        error={errorIn(faults, id, 'region')}
        onChange={(region) => onEdit({ region })}
        options={parameter.places.map(({ code, name }) => ({ value: code, label: name }))}
      />
    </>
  )
}

const useValueHint = ({ isList, low, high, unit }: Parameter): string | undefined => {
  const { t } = useTexts(parameterTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  if (isList) return t('propose.listHint')
  if (low === null || high === null || unit === null) return undefined
  const said = (value: number) => (unit === 'fen' ? yuanTextOf(value as Fen) : String(value))
  const sign = tLibrary(`parameter.units.${unit as 'fen'}`)
  return t('propose.valueHint', { unit: sign, low: said(low), high: said(high) })
}

const ValueField = ({ id, parameter, draft, faults, onEdit }: FieldsProps) => {
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  const { type, unit, isList, options } = parameter
  const shared = {
    id: `${id}-value`,
    label: t('propose.value'),
    hint: useValueHint(parameter),
    error: errorIn(faults, id, 'value'),
  }
  if (unit === 'fen' && !isList)
    return <MoneyField {...shared} value={draft.amountFen} onChange={(amountFen) => onEdit({ amountFen })} />
  const choices =
    type === 'boolean'
      ? [
          { value: 'true', label: t('propose.yes') },
          { value: 'false', label: t('propose.no') },
        ]
      : options.map(({ code, label }) => ({ value: code, label: pick(label) }))
  if (choices.length > 0 && !isList)
    return (
      <SelectField
        {...shared}
        value={draft.typed || undefined}
        onChange={(typed) => onEdit({ typed: typed ?? '' })}
        options={choices}
      />
    )
  return (
    <TextField
      {...shared}
      value={draft.typed}
      onChange={(typed) => onEdit({ typed })}
      input={type === 'number' && !isList ? { inputMode: 'numeric' } : { maxLength: 200 }}
    />
  )
}

/** Document, clause and note. */
export const SourceFields = (props: FieldsProps) => {
  const { id, parameter, draft, faults, onEdit } = props
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  return (
    <>
      <RadioField
        label={t('propose.source')}
        value={draft.isNew ? 'new' : 'known'}
        onChange={(value) => onEdit({ isNew: value === 'new' })}
        options={[
          { value: 'new', label: t('propose.newDocument') },
          { value: 'known', label: t('propose.known') },
        ]}
      />
      {draft.isNew ? (
        <NewDocumentFields {...props} />
      ) : (
        <SelectField
          id={`${id}-document`}
          label={t('propose.document')}
          value={draft.document}
          error={errorIn(faults, id, 'document')}
          onChange={(document) => onEdit({ document })}
          options={parameter.documents.map(({ document, title, number }) => ({
            value: document,
            label: number ? `${pick(title)}（${number}）` : pick(title),
          }))}
        />
      )}
      <TextField
        id={`${id}-clause`}
        label={t('propose.clause')}
        hint={t('propose.clauseHint')}
        value={draft.clause}
        error={errorIn(faults, id, 'clause')}
        onChange={(clause) => onEdit({ clause })}
        input={{ maxLength: 60 }}
      />
      <TextAreaField
        label={t('propose.note')}
        isOptional
        value={draft.note}
        onChange={(note) => onEdit({ note })}
        input={{ rows: 3, maxLength: 500 }}
      />
    </>
  )
}

const NewDocumentFields = ({ id, draft, faults, onEdit }: FieldsProps) => {
  const { t } = useTexts(parameterTexts)
  return (
    <>
      <TextField
        id={`${id}-title`}
        label={t('propose.title_')}
        value={draft.title}
        error={errorIn(faults, id, 'title')}
        onChange={(title) => onEdit({ title })}
        input={{ maxLength: 200 }}
      />
      <TextField
        label={t('propose.number')}
        isOptional
        value={draft.number}
        onChange={(number) => onEdit({ number })}
        input={{ maxLength: 60 }}
      />
      <TextField
        id={`${id}-issuer`}
        label={t('propose.issuer')}
        value={draft.issuer}
        error={errorIn(faults, id, 'issuer')}
        onChange={(issuer) => onEdit({ issuer })}
        input={{ maxLength: 100 }}
      />
      <DateField
        label={t('propose.issuedOn')}
        isOptional
        value={draft.issuedOn}
        onChange={(issuedOn) => onEdit({ issuedOn })}
      />
    </>
  )
}
