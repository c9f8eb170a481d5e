import { Button } from 'antd'
import { parseDate } from '#base'
import { DateField, Icon, MoneyField, SelectField, TextAreaField, TextField, useTexts } from '#ui/web'
import type { ParameterChoice } from './contract.ts'
import { yuan } from './figures.ts'
import { usePick, useUnit } from './parts.web.tsx'
import type { ChangeDraft, RuleDraft } from './question-draft.ts'
import type { Choices } from './question-form.web.tsx'
import { simulationTexts } from './texts.ts'

interface Shared {
  readonly id: string
  readonly number: number
  readonly choices: Choices
  readonly errorOf: (field: string) => string | undefined
  readonly onRemove: () => void
}

interface ChangeProps extends Shared {
  readonly draft: ChangeDraft
  readonly onEdit: (draft: ChangeDraft) => void
}

/** One changed parameter: which, what holds now, what it would be, and where. */
export const ChangeFields = (props: ChangeProps) => {
  const { id, number, draft, choices, errorOf, onEdit, onRemove } = props
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { key, parameter, region } = draft
  const choice = choices.parameters.find(({ name }) => name === parameter)
  const names = new Map(choices.programmes.map((one) => [one.id, pick(one.name)]))
  const reaches = choice?.reaches.map((one) => names.get(one) ?? one) ?? []
  return (
    <fieldset className="simulation-change">
      <legend>{t('form.change', { number })}</legend>
      <SelectField
        id={`${id}-parameter-${key}`}
        label={t('form.parameter')}
        hint={t('form.parameterHint')}
        error={errorOf(`parameter-${key}`)}
        value={parameter}
        onChange={(next) => onEdit({ ...draft, parameter: next, amountFen: undefined, typed: '' })}
        options={choices.parameters.map(({ name, label }) => ({ value: name, label: pick(label) }))}
      />
      <div className="dd-field">
        <span className="simulation-label">{t('form.now')}</span>
        <output htmlFor={`${id}-parameter-${key}`} className="simulation-now">
          {choice ? (choice.now ? pick(choice.now.text) : t('open')) : '—'}
        </output>
      </div>
      <ValueField
        id={`${id}-value-${key}`}
        // Another parameter is another field: what was being typed goes with the one before.
        key={parameter ?? ''}
        choice={choice}
        draft={draft}
        error={errorOf(`value-${key}`)}
        onEdit={onEdit}
      />
      <SelectField
        label={t('form.place')}
        value={region || undefined}
        emptyLabel={t('form.whole')}
        onChange={(next) => onEdit({ ...draft, region: next ?? '' })}
        options={choices.places
          .filter(({ code }) => code !== choices.region.code)
          .map(({ code, name }) => ({ value: code, label: name }))}
      />
      <RemoveButton label={t('form.removeOf', { number })} onRemove={onRemove} />
      {reaches.length > 0 && (
        <p className="dd-quiet simulation-wide">{t('form.reaches', { list: reaches.join(t('joiner')) })}</p>
      )}
    </fieldset>
  )
}

const RemoveButton = ({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) => {
  const { t } = useTexts(simulationTexts)
  return (
    <Button className="simulation-remove" icon={<Icon name="close" />} aria-label={label} onClick={onRemove}>
      {t('form.remove')}
    </Button>
  )
}

const useValueHint = (choice: ParameterChoice | undefined): string | undefined => {
  const { t } = useTexts(simulationTexts)
  const unitOf = useUnit()
  if (!choice) return undefined
  if (choice.isList) return t('form.listHint')
  const { low, high, unit } = choice
  const sign = unitOf(unit)
  if (sign === '') return undefined
  if (low === null || high === null) return t('form.unitHint', { unit: sign })
  const said = (value: number) => (unit === 'fen' ? yuan(value) : String(value))
  return t('form.valueHint', { unit: sign, low: said(low), high: said(high) })
}

interface ValueProps {
  readonly id: string
  readonly choice: ParameterChoice | undefined
  readonly draft: ChangeDraft
  readonly error: string | undefined
  readonly onEdit: (draft: ChangeDraft) => void
}

const ValueField = ({ id, choice, draft, error, onEdit }: ValueProps) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const shared = { id, label: t('form.value'), hint: useValueHint(choice), error }
  const typed = (text: string | undefined) => onEdit({ ...draft, typed: text ?? '' })
  const { type, unit, isList, options } = choice ?? { type: 'text', unit: null, isList: false, options: [] }
  if (unit === 'fen' && !isList)
    return (
      <MoneyField
        {...shared}
        value={draft.amountFen}
        onChange={(amountFen) => onEdit({ ...draft, amountFen })}
      />
    )
  if (type === 'date' && !isList)
    return <DateField {...shared} value={parseDate(draft.typed)} onChange={typed} />
  const choices =
    type === 'boolean'
      ? [
          { value: 'true', label: t('form.yes') },
          { value: 'false', label: t('form.no') },
        ]
      : options.map(({ code, label }) => ({ value: code, label: pick(label) }))
  if (choices.length > 0 && !isList)
    return <SelectField {...shared} value={draft.typed || undefined} onChange={typed} options={choices} />
  return (
    <TextField
      {...shared}
      value={draft.typed}
      onChange={typed}
      input={type === 'number' && !isList ? { inputMode: 'numeric' } : { maxLength: 200 }}
    />
  )
}

interface RuleProps extends Shared {
  readonly draft: RuleDraft
  readonly onEdit: (draft: RuleDraft) => void
}

/** One changed rule: which, and its text, which begins as the text in force. */
export const RuleFields = ({ id, number, draft, choices, errorOf, onEdit, onRemove }: RuleProps) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { key, rule, text } = draft
  const now = (name: string | undefined) => choices.rules.find((one) => one.name === name)?.value ?? ''
  return (
    <fieldset className="simulation-change">
      <legend>{t('form.ruleNumber', { number })}</legend>
      <SelectField
        id={`${id}-rule-${key}`}
        label={t('form.rule')}
        hint={t('form.parameterHint')}
        error={errorOf(`rule-${key}`)}
        value={rule}
        onChange={(next) => onEdit({ ...draft, rule: next, text: now(next) })}
        options={choices.rules.map(({ name, label }) => ({ value: name, label: pick(label) }))}
      />
      <div className="simulation-rule">
        <TextAreaField
          id={`${id}-text-${key}`}
          label={t('form.text')}
          error={errorOf(`text-${key}`)}
          value={text}
          onChange={(next) => onEdit({ ...draft, text: next })}
          input={{ maxLength: 4000, spellCheck: false, rows: 6 }}
        />
      </div>
      <div className="simulation-actions">
        {rule && text !== now(rule) && (
          <Button onClick={() => onEdit({ ...draft, text: now(rule) })}>{t('form.reset')}</Button>
        )}
        <RemoveButton label={t('form.removeRule', { number })} onRemove={onRemove} />
      </div>
    </fieldset>
  )
}
