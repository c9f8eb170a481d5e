import { CheckField, DateField, MoneyField, RadioField, SelectField, TextField, useTexts } from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import { factCatalogue } from './catalogue.ts'
import type { FactDraft } from './fact-draft.ts'
import { factTexts } from './texts.ts'

interface ValueFieldProps {
  readonly id: string
  readonly draft: FactDraft
  readonly onChange: (change: Partial<FactDraft>) => void
  readonly error: string | undefined
}

/** The field, or fields, for the value of the chosen kind; nothing before a kind is chosen. */
export const ValueField = (props: ValueFieldProps) => {
  const { t } = useTexts(factTexts)
  const { draft, onChange } = props
  if (draft.kind === undefined) return null
  const { mayBeAbsent } = factCatalogue[draft.kind]
  return (
    <>
      {mayBeAbsent && (
        <CheckField
          label={t('dialog.absent')}
          checked={draft.isAbsent}
          onChange={(isAbsent) => onChange({ isAbsent })}
        />
      )}
      {!draft.isAbsent && <Value {...props} />}
    </>
  )
}

const Value = ({ id, draft, onChange, error }: ValueFieldProps) => {
  const { t } = useTexts(factTexts)
  const { short } = useLabels()
  if (draft.kind === undefined) return null
  const { type, codes = [] } = factCatalogue[draft.kind]
  const common = { id, error, label: t('dialog.value') }
  switch (type) {
    case 'money':
      return <MoneyField {...common} value={draft.money} onChange={(money) => onChange({ money })} />
    case 'count':
      return (
        <TextField
          {...common}
          label={t('dialog.count')}
          value={draft.count}
          onChange={(count) => onChange({ count })}
          input={{ inputMode: 'numeric', maxLength: 5 }}
        />
      )
    case 'flag':
      return (
        <RadioField
          {...common}
          value={draft.flag}
          onChange={(flag) => onChange({ flag })}
          options={[
            { value: 'yes', label: t('dialog.yes') },
            { value: 'no', label: t('dialog.no') },
          ]}
        />
      )
    case 'code':
      return (
        <SelectField
          {...common}
          value={draft.code}
          onChange={(code) => onChange({ code })}
          options={codes.map((one) => ({ value: one.code, label: one[short] }))}
        />
      )
    case 'date':
      return <DateField {...common} value={draft.date} onChange={(date) => onChange({ date })} />
    case 'disability':
      return <DisabilityFields id={id} draft={draft} onChange={onChange} error={error} />
    case 'agreement':
      return <Period id={id} draft={draft} onChange={onChange} error={error} />
  }
}

const classKeys = ['1', '2', '3', '4', '5', '6', '7'] as const
const grades = ['1', '2', '3', '4'] as const

const DisabilityFields = (props: ValueFieldProps) => {
  const { t } = useTexts(factTexts)
  const { id, draft, onChange, error } = props
  return (
    <>
      <div className="registry-pair">
        <SelectField
          id={id}
          error={error}
          label={t('dialog.disabilityClass')}
          value={draft.disabilityClass}
          onChange={(disabilityClass) => onChange({ disabilityClass })}
          options={classKeys.map((key) => ({ value: key, label: t(`classes.${key}`) }))}
        />
        <SelectField
          label={t('dialog.disabilityGrade')}
          value={draft.disabilityGrade}
          onChange={(disabilityGrade) => onChange({ disabilityGrade })}
          options={grades.map((grade) => ({ value: grade, label: t('dialog.gradeOf', { grade }) }))}
        />
      </div>
      <Period {...props} error={undefined} isCertificate />
    </>
  )
}

const Period = (props: ValueFieldProps & { readonly isCertificate?: boolean }) => {
  const { t } = useTexts(factTexts)
  const { id, draft, onChange, error, isCertificate = false } = props
  return (
    <div className="registry-pair">
      <DateField
        {...(isCertificate ? {} : { id })}
        label={t(isCertificate ? 'dialog.issuedOn' : 'dialog.agreementFrom')}
        isOptional={isCertificate}
        error={error}
        value={draft.from}
        onChange={(from) => onChange({ from })}
      />
      <DateField
        label={t(isCertificate ? 'dialog.expiresOn' : 'dialog.agreementUntil')}
        isOptional
        value={draft.until}
        onChange={(until) => onChange({ until })}
      />
    </div>
  )
}
