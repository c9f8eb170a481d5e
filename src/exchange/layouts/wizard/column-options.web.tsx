import { useState } from 'react'
import { CheckField, type Option, SelectField, TextField, useTexts } from '#ui/web'
import type { FieldType } from '../../feeds/types.ts'
import type { FeedKind } from '../../feeds.ts'
import { useNames } from '../../names/names.web.ts'
import { fieldOf, type Reading, type Use } from '../mapping.ts'
import { layoutTexts } from '../texts.ts'
import { CodesEditor } from './codes-editor.web.tsx'
import { wordsIn } from './words.ts'

interface OptionsProps {
  readonly kind: FeedKind
  readonly use: Use
  readonly onChange: (changes: Partial<Reading>) => void
}

/** Parts of an address that fill a field of this name. */
const partOfPlace = { countyName: 'county', townshipName: 'township', villageName: 'village' } as const
type PlaceField = keyof typeof partOfPlace
const isPlaceField = (field: string): field is PlaceField => Object.hasOwn(partOfPlace, field)

/** Parts of a disability certificate number that fill a field of this name. */
const isCertificatePart = (kind: FeedKind, field: string): field is 'class' | 'grade' =>
  kind === 'disability' && (field === 'class' || field === 'grade')

const mayBeAbsent = (kind: FeedKind, field: string): boolean => {
  const definition = fieldOf(kind, field)
  return (
    definition !== undefined && !definition.required && !['number', 'key', 'text'].includes(definition.type)
  )
}

const typesWithOptions: readonly FieldType[] = ['number', 'date', 'fen', 'code', 'flag', 'count', 'text']

/** Whether there is anything to say about how this field is read. */
export const hasOptions = (kind: FeedKind, field: string): boolean => {
  const type = fieldOf(kind, field)?.type
  return type !== undefined && (typesWithOptions.includes(type) || mayBeAbsent(kind, field))
}

/** The choices of how a column is read that make sense for its field, in plain words. */
export const ColumnOptions = (props: OptionsProps) => {
  const { kind, use } = props
  return (
    <div className="layout-options">
      <TypeOptions {...props} type={fieldOf(kind, use.field)?.type} />
      {mayBeAbsent(kind, use.field) && <UnreadableOption {...props} />}
    </div>
  )
}

const TypeOptions = (props: OptionsProps & { readonly type: FieldType | undefined }) => {
  switch (props.type) {
    case 'number':
      return <NumberOptions {...props} />
    case 'date':
      return <DateOptions {...props} />
    case 'fen':
      return <MoneyOptions {...props} />
    case 'code':
      return <CodeOptions {...props} />
    case 'flag':
      return <FlagOptions {...props} />
    case 'count':
      return <CountOptions {...props} />
    case 'text':
      return <TextOptions {...props} />
    default:
      return null
  }
}

const NumberOptions = ({ use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  return (
    <SelectField
      label={t('wizard.options.rule')}
      emptyLabel={t('wizard.options.rules.number')}
      value={use.reading.rule === 'certificate' ? 'certificate' : undefined}
      onChange={(rule) => onChange({ rule })}
      options={[{ value: 'certificate', label: t('wizard.options.rules.certificate') }]}
    />
  )
}

const DateOptions = ({ use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  return (
    <SelectField
      label={t('wizard.options.day')}
      emptyLabel={t('wizard.options.dayReject')}
      value={use.reading.day}
      onChange={(day) => onChange({ day })}
      options={[
        { value: 'first', label: t('wizard.options.dayFirst') },
        { value: 'last', label: t('wizard.options.dayLast') },
      ]}
    />
  )
}

const MoneyOptions = ({ use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  return (
    <>
      <SelectField
        label={t('wizard.options.unit')}
        emptyLabel={t('wizard.options.unitAuto')}
        value={use.reading.unit}
        onChange={(unit) => onChange({ unit })}
        options={[
          { value: 'yuan', label: t('unit.yuan') },
          { value: 'wan', label: t('unit.wan') },
        ]}
      />
      <SelectField
        label={t('wizard.options.round')}
        emptyLabel={t('wizard.options.roundReject')}
        value={use.reading.round}
        onChange={(round) => onChange({ round })}
        options={[{ value: 'half-up', label: t('wizard.options.roundUp') }]}
      />
    </>
  )
}

const CountOptions = ({ use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  const { rule } = use.reading
  return (
    <SelectField
      label={t('wizard.options.rule')}
      emptyLabel={t('wizard.options.rules.count')}
      value={rule === 'area' || rule === 'ratio' ? rule : undefined}
      onChange={(chosen) => onChange({ rule: chosen })}
      options={[
        { value: 'area', label: t('wizard.options.rules.area') },
        { value: 'ratio', label: t('wizard.options.rules.ratio') },
      ]}
    />
  )
}

const TextOptions = ({ use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  const { field, reading } = use
  return (
    <>
      {isPlaceField(field) && (
        <SelectField
          label={t('wizard.options.rule')}
          emptyLabel={t('wizard.options.rules.text')}
          value={reading.rule === 'address' ? 'address' : undefined}
          onChange={(rule) => onChange({ rule, part: rule && partOfPlace[field] })}
          options={[{ value: 'address', label: t('wizard.options.rules.address') }]}
        />
      )}
      <CheckField
        label={t('wizard.options.fillDown')}
        checked={reading.fillDown === true}
        onChange={(fillDown) => onChange({ fillDown: fillDown || undefined })}
      />
    </>
  )
}

const CodeOptions = ({ kind, use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const { field, reading } = use
  const isCertificate = reading.rule === 'certificate'
  const meanings: Option[] = (fieldOf(kind, field)?.codes ?? []).map(({ code }) => ({
    value: code,
    label: names.code(kind, field, code),
  }))
  return (
    <>
      {isCertificatePart(kind, field) && (
        <SelectField
          label={t('wizard.options.rule')}
          emptyLabel={t('wizard.options.rules.code')}
          value={isCertificate ? 'certificate' : undefined}
          onChange={(rule) => onChange({ rule, part: rule && field })}
          options={[{ value: 'certificate', label: t('wizard.options.rules.certificate') }]}
        />
      )}
      {!isCertificate && (
        <>
          <OtherwiseOption use={use} meanings={meanings} onChange={onChange} />
          <SelectField
            label={t('wizard.options.empty')}
            emptyLabel={t('wizard.options.emptyNothing')}
            value={typeof reading.default === 'string' ? reading.default : undefined}
            onChange={(value) => onChange({ default: value })}
            options={meanings}
          />
          <CodesEditor
            codes={reading.codes ?? {}}
            meanings={meanings}
            onChange={(codes) => onChange({ codes: Object.keys(codes).length > 0 ? codes : undefined })}
          />
        </>
      )}
    </>
  )
}

// A layout writes '' for "says nothing", which a list cannot hold beside its own empty choice.
const saysNothing = '-'

const OtherwiseOption = (props: {
  readonly use: Use
  readonly meanings: readonly Option[]
  readonly onChange: OptionsProps['onChange']
}) => {
  const { t } = useTexts(layoutTexts)
  const { otherwise } = props.use.reading
  return (
    <SelectField
      label={t('wizard.options.otherwise')}
      emptyLabel={t('wizard.options.otherwiseReject')}
      value={otherwise === '' ? saysNothing : otherwise}
      onChange={(value) => props.onChange({ otherwise: value === saysNothing ? '' : value })}
      options={[{ value: saysNothing, label: t('nothing') }, ...props.meanings]}
    />
  )
}

const FlagOptions = ({ use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  const { reading } = use
  const yesNo: readonly Option<'yes' | 'no'>[] = [
    { value: 'yes', label: t('yes') },
    { value: 'no', label: t('no') },
  ]
  return (
    <>
      <WordsField label={t('wizard.options.yes')} words={reading.yes} onChange={(yes) => onChange({ yes })} />
      <WordsField label={t('wizard.options.no')} words={reading.no} onChange={(no) => onChange({ no })} />
      <SelectField
        label={t('wizard.options.otherwise')}
        emptyLabel={t('wizard.options.otherwiseReject')}
        value={reading.otherwise === 'yes' || reading.otherwise === 'no' ? reading.otherwise : undefined}
        onChange={(otherwise) => onChange({ otherwise })}
        options={yesNo}
      />
      <SelectField
        label={t('wizard.options.empty')}
        emptyLabel={t('wizard.options.emptyNothing')}
        value={typeof reading.default === 'boolean' ? (reading.default ? 'yes' : 'no') : undefined}
        onChange={(value) => onChange({ default: value && value === 'yes' })}
        options={yesNo}
      />
    </>
  )
}

const WordsField = (props: {
  readonly label: string
  readonly words: readonly string[] | undefined
  readonly onChange: (words: string[] | undefined) => void
}) => {
  const { t } = useTexts(layoutTexts)
  const [typed, setTyped] = useState((props.words ?? []).join(t('reading.comma')))
  return (
    <TextField
      label={props.label}
      hint={t('wizard.options.wordsHint')}
      isOptional
      value={typed}
      onChange={(text) => {
        setTyped(text)
        const words = wordsIn(text)
        props.onChange(words.length > 0 ? words : undefined)
      }}
    />
  )
}

const UnreadableOption = ({ use, onChange }: OptionsProps) => {
  const { t } = useTexts(layoutTexts)
  return (
    <SelectField
      label={t('wizard.options.unreadable')}
      emptyLabel={t('wizard.options.unreadableReject')}
      value={use.reading.whenUnreadable === 'absent' ? 'absent' : undefined}
      onChange={(whenUnreadable) => onChange({ whenUnreadable })}
      options={[{ value: 'absent', label: t('wizard.options.unreadableAbsent') }]}
    />
  )
}
