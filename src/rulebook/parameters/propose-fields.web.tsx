import { type Fen, yuanTextOf } from '#base'
import { DateField, type FormFault, MoneyField, SelectField, TextField, useTexts } from '#ui/web'
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
      <ValueField
        id={`${id}-value`}
        parameter={parameter}
        draft={draft}
        error={errorIn(faults, id, 'value')}
        onEdit={onEdit}
      />
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

/** What a field must know of a parameter to take a value in its own unit. */
type Form = Pick<Parameter, 'type' | 'unit' | 'isList' | 'low' | 'high' | 'options'>
type Typed = Pick<Draft, 'amountFen' | 'typed'>

interface ValueFieldProps {
  readonly id: string
  /** Left out where there is only one value on the page. */
  readonly label?: string | undefined
  readonly parameter: Form
  readonly draft: Typed
  readonly error: string | undefined
  readonly onEdit: (changes: Partial<Typed>) => void
}

const useValueHint = ({ isList, low, high, unit }: Form): string | undefined => {
  const { t } = useTexts(parameterTexts)
  const { t: tLibrary } = useTexts(libraryTexts)
  if (isList) return t('propose.listHint')
  if (low === null || high === null || unit === null) return undefined
  const said = (value: number) => (unit === 'fen' ? yuanTextOf(value as Fen) : String(value))
  const sign = tLibrary(`parameter.units.${unit as 'fen'}`)
  return t('propose.valueHint', { unit: sign, low: said(low), high: said(high) })
}

/** The value of a parameter: yuan for fen, a choice where there are options, else text. */
export const ValueField = ({ id, label, parameter, draft, error, onEdit }: ValueFieldProps) => {
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  const { type, unit, isList, options } = parameter
  const shared = {
    id,
    label: label ?? t('propose.value'),
    hint: useValueHint(parameter),
    error,
  }
  if (unit === 'fen' && !isList)
    return <MoneyField {...shared} value={draft.amountFen} onChange={(amountFen) => onEdit({ amountFen })} />
  const choices =
    type === 'boolean'
      ? [
          { value: 'true', label: t('propose.yes') },
          { value: 'false', label: t('propose.no') },
        ]
      : options.map(({ code, label: of }) => ({ value: code, label: pick(of) }))
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
