import { Select } from 'antd'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { type BusinessDate, type Fen, fenFromYuanText, parseDate, yuanTextOf } from '#base'
import { takeFocus } from '../focus.web.ts'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import './fields.css'

/** What all fields share. */
export interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong and what to do; shown above the control and read out with it. */
  readonly error?: string
  /** Fields are needed unless this is set. */
  readonly isOptional?: boolean
  /** The id of the control, so that an ErrorSummary can link to it. */
  readonly id?: string
}

interface Control {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

/** Label, hint and error around any control; the control takes the attributes given. */
export const Field = (props: FieldProps & { readonly children: (control: Control) => ReactNode }) => {
  const { label, hint, error, isOptional, children } = props
  const { t } = useTexts(uiTexts)
  const ownId = useId()
  const id = props.id ?? ownId
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="dd-field" data-invalid={error ? true : undefined}>
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="dd-quiet"> ({t('form.optional')})</span>}
      </label>
      {hint && (
        <div id={`${id}-hint`} className="dd-field-hint">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} className="dd-field-error">
          <Icon name="warning" /> {error}
        </p>
      )}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
    </div>
  )
}

interface ValueProps<Value> extends FieldProps {
  readonly value: Value
  readonly onChange: (value: Value) => void
}

type Native<Tag extends 'input' | 'textarea'> = Omit<
  ComponentProps<Tag>,
  'value' | 'onChange' | 'id' | 'className'
>

const fieldParts = <Props extends FieldProps>({ label, hint, error, isOptional, id }: Props): FieldProps => ({
  label,
  hint,
  error,
  isOptional,
  id,
})

/** A line of text. `input` takes further attributes such as autoComplete, inputMode, maxLength. */
export const TextField = (props: ValueProps<string> & { readonly input?: Native<'input'> }) => (
  <Field {...fieldParts(props)}>
    {(control) => (
      <input
        {...props.input}
        {...control}
        className="dd-input"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    )}
  </Field>
)

/** Several lines of text. */
export const TextAreaField = (props: ValueProps<string> & { readonly input?: Native<'textarea'> }) => (
  <Field {...fieldParts(props)}>
    {(control) => (
      <textarea
        rows={4}
        {...props.input}
        {...control}
        className="dd-input"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    )}
  </Field>
)

/** A password with a button that shows it. Pasting is allowed; say `new-password` or `current-password`. */
export const PasswordField = (
  props: ValueProps<string> & { readonly autoComplete: 'current-password' | 'new-password' },
) => {
  const { t } = useTexts(uiTexts)
  const [isShown, setIsShown] = useState(false)
  return (
    <Field {...fieldParts(props)}>
      {(control) => (
        <span className="dd-input-group dd-input-password">
          <input
            {...control}
            className="dd-input"
            type={isShown ? 'text' : 'password'}
            autoComplete={props.autoComplete}
            autoCapitalize="off"
            spellCheck={false}
            value={props.value}
            onChange={(event) => props.onChange(event.target.value)}
          />
          <button
            type="button"
            className="dd-icon-button"
            aria-label={isShown ? t('form.hidePassword') : t('form.showPassword')}
            aria-controls={control.id}
            onClick={() => setIsShown(!isShown)}
          >
            <Icon name={isShown ? 'eyeOff' : 'eye'} />
          </button>
        </span>
      )}
    </Field>
  )
}

export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
}

const searchedFrom = 13

interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value | undefined
  readonly onChange: (value: Value | undefined) => void
  readonly options: readonly Option<Value>[]
  /** The first, empty choice; 请选择 if not said. */
  readonly emptyLabel?: string
}

/** One of several. Up to a dozen choices are the browser's own list; longer lists can be searched. */
export const SelectField = <Value extends string>(props: SelectFieldProps<Value>) => {
  const { t } = useTexts(uiTexts)
  const { value, onChange, options, emptyLabel = t('form.choose') } = props
  const find = (text: string) => options.find((option) => option.value === text)?.value
  return (
    <Field {...fieldParts(props)}>
      {(control) =>
        options.length >= searchedFrom ? (
          <Select
            {...control}
            className="dd-select"
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            placeholder={emptyLabel}
            value={value}
            onChange={(next: Value | undefined) => onChange(next)}
            options={options.map((option) => ({ ...option }))}
          />
        ) : (
          <select
            {...control}
            className="dd-input"
            value={value ?? ''}
            onChange={(event) => onChange(find(event.target.value))}
          >
            <option value="">{emptyLabel}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )
      }
    </Field>
  )
}

interface RadioFieldProps<Value extends string> extends FieldProps {
  readonly value: Value | undefined
  readonly onChange: (value: Value) => void
  readonly options: readonly (Option<Value> & { readonly hint?: string })[]
}

/** One of few, all visible, each with room for a line on its effect. */
export const RadioField = <Value extends string>(props: RadioFieldProps<Value>) => {
  const { t } = useTexts(uiTexts)
  const { label, hint, error, isOptional, value, onChange, options } = props
  const ownId = useId()
  const id = props.id ?? ownId
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <fieldset className="dd-field dd-radios" aria-describedby={described || undefined}>
      <legend>
        {label}
        {isOptional && <span className="dd-quiet"> ({t('form.optional')})</span>}
      </legend>
      {hint && (
        <div id={`${id}-hint`} className="dd-field-hint">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} className="dd-field-error">
          <Icon name="warning" /> {error}
        </p>
      )}
      {options.map((option, index) => (
        <label key={option.value} className="dd-check">
          <input
            id={index === 0 ? id : undefined}
            type="radio"
            name={id}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <span className="dd-check-hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** Yes or no. */
export const CheckField = (props: {
  readonly label: ReactNode
  readonly hint?: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) => (
  <label className="dd-check">
    <input
      type="checkbox"
      checked={props.checked}
      onChange={(event) => props.onChange(event.target.checked)}
    />
    <span>
      {props.label}
      {props.hint && <span className="dd-check-hint">{props.hint}</span>}
    </span>
  </label>
)

/** A business date; undefined while empty or not a real date. */
export const DateField = (
  props: ValueProps<BusinessDate | undefined> & { readonly min?: BusinessDate; readonly max?: BusinessDate },
) => (
  <Field {...fieldParts(props)}>
    {(control) => (
      <input
        {...control}
        className="dd-input dd-input-date"
        type="date"
        min={props.min}
        max={props.max ?? '9999-12-31'}
        value={props.value ?? ''}
        onChange={(event) => props.onChange(parseDate(event.target.value))}
      />
    )}
  </Field>
)

/** An amount typed in yuan, given in fen; undefined while empty or not an amount. */
export const MoneyField = (props: ValueProps<Fen | undefined>) => {
  const { t } = useTexts(uiTexts)
  const [typed, setTyped] = useState<string>()
  const isBad = typed !== undefined && typed.trim() !== '' && fenFromYuanText(typed.trim()) === undefined
  const shown = typed ?? (props.value === undefined ? '' : yuanTextOf(props.value))
  return (
    <Field {...fieldParts(props)} error={props.error ?? (isBad ? t('form.moneyBad') : undefined)}>
      {(control) => (
        <span className="dd-input-group dd-input-money">
          <input
            {...control}
            className="dd-input"
            inputMode="decimal"
            value={shown}
            onChange={(event) => {
              setTyped(event.target.value)
              props.onChange(fenFromYuanText(event.target.value.trim()))
            }}
            onBlur={() => !isBad && setTyped(undefined)}
          />
          <span aria-hidden="true">{t('yuan')}</span>
        </span>
      )}
    </Field>
  )
}

/** A fault of a form: the id of its control and the sentence that also stands at the control. */
export interface FormFault {
  readonly fieldId: string
  readonly message: string
}

/** All faults of a form at its head; takes focus each time faults are found, and links to the fields. */
export const ErrorSummary = ({ faults }: { readonly faults: readonly FormFault[] }) => {
  const { t } = useTexts(uiTexts)
  const id = useId()
  if (faults.length === 0) return null
  return (
    <section
      key={faults.map(({ fieldId, message }) => fieldId + message).join()}
      className="dd-error"
      aria-labelledby={id}
      tabIndex={-1}
      ref={takeFocus}
    >
      <h2 id={id} className="dd-error-title">
        <Icon name="warning" />
        {t('error.summary', { count: faults.length })}
      </h2>
      <ul>
        {faults.map(({ fieldId, message }) => (
          <li key={fieldId}>
            <a
              href={`#${fieldId}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(fieldId)?.focus()
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
