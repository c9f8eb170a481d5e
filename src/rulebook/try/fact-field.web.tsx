import { useState } from 'react'
import { type BusinessDate, type Fen, parseMonth } from '#base'
import { CheckField, DateField, MoneyField, SelectField, TextField, useLanguage, useTexts } from '#ui/web'
import type { DictionaryFact } from './contract.ts'
import type { TrialFact } from './subject.ts'
import { tryTexts } from './texts.ts'

interface FactFieldProps {
  readonly fact: DictionaryFact
  /** Undefined while it is still to be found out. */
  readonly value: TrialFact | undefined
  readonly onChange: (value: TrialFact | undefined) => void
}

/** One fact: its control by its kind; empty means still to be found out, and where it may be so, that there is none. */
export const FactField = (props: FactFieldProps) => {
  const { t } = useTexts(tryTexts)
  const { fact, value, onChange } = props
  const label = useFactLabel(fact)
  return (
    <div className="try-fact">
      {value === null ? <p className="try-absent-label">{label}</p> : <ValueField {...props} />}
      {fact.absent && (
        <CheckField
          label={t('form.absent')}
          checked={value === null}
          onChange={(isAbsent) => onChange(isAbsent ? null : undefined)}
        />
      )}
    </div>
  )
}

const useFactLabel = ({ label }: DictionaryFact): string => {
  const { language } = useLanguage()
  return label[language === 'en' ? 'en' : 'zh']
}

const ValueField = ({ fact, value, onChange }: FactFieldProps) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const key = language === 'en' ? 'en' : 'zh'
  const label = useFactLabel(fact)
  const emptyLabel = t('form.unknown')
  switch (fact.type) {
    case 'boolean':
      return (
        <SelectField
          label={label}
          emptyLabel={emptyLabel}
          value={value === undefined ? undefined : value === true ? 'yes' : 'no'}
          onChange={(next) => onChange(next === undefined ? undefined : next === 'yes')}
          options={[
            { value: 'yes', label: t('form.yes') },
            { value: 'no', label: t('form.no') },
          ]}
        />
      )
    case 'code':
      return (
        <SelectField
          label={label}
          emptyLabel={emptyLabel}
          value={typeof value === 'string' ? value : undefined}
          onChange={onChange}
          options={fact.codes.map(({ code, label: of }) => ({ value: code, label: of[key] }))}
        />
      )
    case 'date':
      return (
        <DateField
          label={label}
          value={typeof value === 'string' ? (value as BusinessDate) : undefined}
          onChange={onChange}
        />
      )
    case 'number':
      if (fact.unit === 'fen')
        return (
          <MoneyField
            label={label}
            value={typeof value === 'number' ? (value as Fen) : undefined}
            onChange={onChange}
          />
        )
      return <NumberField {...{ fact, value, onChange }} />
    case 'month':
      return <MonthField {...{ fact, value, onChange }} />
    case 'text':
      return (
        <TextField
          label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text === '' ? undefined : text)}
          input={{ maxLength: 200 }}
        />
      )
  }
}

const NumberField = ({ fact, value, onChange }: FactFieldProps) => {
  const { t } = useTexts(tryTexts)
  const label = useFactLabel(fact)
  const [typed, setTyped] = useState<string>()
  const { low, high, unit } = fact
  const read = (text: string): number | undefined => {
    const number = /^\d{1,12}$/u.test(text.trim()) ? Number(text.trim()) : undefined
    const isInside = number !== undefined && number >= (low ?? 0) && number <= (high ?? number)
    return isInside ? number : undefined
  }
  const isBad = typed !== undefined && typed.trim() !== '' && read(typed) === undefined
  const unitText = unit !== null && unit in unitKeys ? t(`form.units.${unit as UnitKey}`) : ''
  return (
    <TextField
      label={unitText ? t('form.unit', { label, unit: unitText }) : label}
      error={isBad ? t('form.numberBad', { low: String(low ?? 0), high: String(high ?? '') }) : undefined}
      value={typed ?? (typeof value === 'number' ? String(value) : '')}
      onChange={(text) => {
        setTyped(text)
        onChange(read(text))
      }}
      input={{ inputMode: 'numeric' }}
    />
  )
}

const unitKeys = {
  count: 1,
  percent: 1,
  permille: 1,
  basisPoint: 1,
  months: 1,
  days: 1,
  workdays: 1,
  years: 1,
} as const
type UnitKey = keyof typeof unitKeys

const MonthField = ({ fact, value, onChange }: FactFieldProps) => {
  const { t } = useTexts(tryTexts)
  const label = useFactLabel(fact)
  const [typed, setTyped] = useState<string>()
  const isBad = typed !== undefined && typed.trim() !== '' && parseMonth(typed.trim()) === undefined
  return (
    <TextField
      label={label}
      error={isBad ? t('form.monthBad') : undefined}
      value={typed ?? (typeof value === 'string' ? value : '')}
      onChange={(text) => {
        setTyped(text)
        onChange(parseMonth(text.trim()))
      }}
      input={{ inputMode: 'numeric', placeholder: 'YYYY-MM' }}
    />
  )
}
