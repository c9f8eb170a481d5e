import { SelectField, TextField, useTexts } from '#ui/web'
import { useNames } from '../../names/names.web.ts'
import { type Constant, changeConstant, fieldOf, type Mapping, mayBeConstant, missingIn } from '../mapping.ts'
import { layoutTexts } from '../texts.ts'

/** Where the summary of faults leads for a field nothing fills. */
export const constantFieldId = (field: string): string => `layout-constant-${field}`

interface ConstantFieldsProps {
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
}

/** Required fields without a column: one value for all rows, where that makes sense. */
export const ConstantFields = ({ mapping, onChange }: ConstantFieldsProps) => {
  const { t } = useTexts(layoutTexts)
  const fields = missingIn({ ...mapping, constants: {} })
  if (fields.length === 0) return null
  return (
    <section className="feed-notice">
      <h2>{t('wizard.columns.missing')}</h2>
      <p>{t('wizard.columns.missingHint')}</p>
      <div className="layout-meanings">
        {fields.map((field) => (
          <ConstantField
            key={field}
            mapping={mapping}
            field={field}
            onChange={(value) => onChange(changeConstant(mapping, field, value))}
          />
        ))}
      </div>
    </section>
  )
}

interface ConstantFieldProps {
  readonly mapping: Mapping
  readonly field: string
  readonly onChange: (value: Constant | undefined) => void
}

const ConstantField = ({ mapping, field, onChange }: ConstantFieldProps) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const { kind, constants } = mapping
  const definition = fieldOf(kind, field)
  const type = definition?.type ?? 'text'
  const name = names.field(kind, field)
  const value = constants[field]
  if (!mayBeConstant(type)) {
    return (
      <p id={constantFieldId(field)} tabIndex={-1}>
        {t('wizard.columns.notConstant', { field: name })}
      </p>
    )
  }
  const shared = {
    id: constantFieldId(field),
    label: t('wizard.columns.constantOf', { field: name }),
  }
  if (type === 'flag') {
    return (
      <SelectField
        {...shared}
        value={value === undefined ? undefined : value ? 'yes' : 'no'}
        onChange={(chosen) => onChange(chosen && chosen === 'yes')}
        options={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
      />
    )
  }
  if (type === 'code') {
    return (
      <SelectField
        {...shared}
        value={value === undefined ? undefined : String(value)}
        onChange={onChange}
        options={(definition?.codes ?? []).map(({ code }) => ({
          value: code,
          label: names.code(kind, field, code),
        }))}
      />
    )
  }
  return (
    <TextField
      {...shared}
      value={value === undefined ? '' : String(value)}
      onChange={(text) => onChange(type === 'count' ? countIn(text) : text || undefined)}
      input={{ maxLength: 60, inputMode: type === 'count' ? 'numeric' : undefined }}
    />
  )
}

const countIn = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined)
