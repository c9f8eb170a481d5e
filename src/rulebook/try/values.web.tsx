import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { ErrorSummary, FileDrop, type FormFault, Icon, SelectField, useLanguage, useTexts } from '#ui/web'
import { ValueField } from '../parameters/propose-fields.web.tsx'
import type { TriedParameter } from './contract.ts'
import { tryTexts } from './texts.ts'
import { longestValuesFile } from './tried-values.ts'
import type { ChosenValue, ValueFault, ValuesDraft } from './values-draft.ts'

interface ValuesProps {
  /** Before the ids of the fields. */
  readonly id: string
  readonly parameters: readonly TriedParameter[]
  readonly draft: ValuesDraft
  /** Found when the trial was asked for. */
  readonly faults: readonly FormFault[]
  /** What the server says of the file. */
  readonly fileError: string | undefined
  readonly onChange: (draft: ValuesDraft) => void
}

const fieldOf = (id: string, name: string): string => `${id}-${name}`

/** The faults of values in the reader's words, each at its field. */
export const useValueFaults = (id: string) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  return (faults: readonly ValueFault[]): readonly FormFault[] =>
    faults.map(({ parameter: { name, label }, why }) => ({
      fieldId: fieldOf(id, name),
      message: t(`values.${why}`, { label: label[language === 'en' ? 'en' : 'zh'] }),
    }))
}

/** Other values of parameters, for this trial alone: typed in, or from a file. Folded away until somebody asks. */
export const ValuesFold = ({ id, parameters, draft, faults, fileError, onChange }: ValuesProps) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const labelOf = ({ label }: TriedParameter): string => label[language === 'en' ? 'en' : 'zh']
  const { chosen } = draft
  const [isOpen, setIsOpen] = useState(false)
  const put = (next: readonly ChosenValue[]) => onChange({ ...draft, chosen: next })
  const add = (name: string | undefined) =>
    name !== undefined && put([...chosen, { name, amountFen: undefined, typed: '' }])
  return (
    <details
      className="dd-card try-values-fold"
      open={isOpen || faults.length > 0 || fileError !== undefined}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{t('values.title')}</summary>
      <p className="dd-quiet">{t('values.lead')}</p>
      <ErrorSummary faults={faults} />
      {chosen.map((one) => {
        const parameter = parameters.find(({ name }) => name === one.name)
        if (!parameter) return null
        return (
          <div className="try-value" key={one.name}>
            <ValueField
              id={fieldOf(id, one.name)}
              label={labelOf(parameter)}
              parameter={parameter}
              draft={one}
              error={faults.find(({ fieldId }) => fieldId === fieldOf(id, one.name))?.message}
              onEdit={(changes) =>
                put(chosen.map((other) => (other === one ? { ...one, ...changes } : other)))
              }
            />
            <Button
              type="text"
              icon={<Icon name="close" />}
              aria-label={t('form.remove', { who: labelOf(parameter) })}
              onClick={() => put(chosen.filter((other) => other !== one))}
            />
          </div>
        )
      })}
      <SelectField
        // A chosen parameter becomes a field of its own and this one is empty again.
        key={chosen.length}
        label={t('values.add')}
        emptyLabel={t('values.choose')}
        value={undefined}
        onChange={add}
        options={parameters
          .filter(({ name }) => !chosen.some((one) => one.name === name))
          .map((parameter) => ({ value: parameter.name, label: labelOf(parameter) }))}
      />
      <ValuesFile file={draft.file} error={fileError} onFile={(file) => onChange({ ...draft, file })} />
    </details>
  )
}

interface FileProps {
  readonly file: ValuesDraft['file']
  readonly error: string | undefined
  readonly onFile: (file: ValuesDraft['file']) => void
}

const ValuesFile = ({ file, error, onFile }: FileProps) => {
  const { t } = useTexts(tryTexts)
  const files = useMemo(() => (file ? [new File([file.text], file.name)] : []), [file])
  const take = async ([next]: readonly File[]) => onFile(next && { name: next.name, text: await next.text() })
  return (
    <FileDrop
      label={t('values.file')}
      hint={t('values.fileHint')}
      endings={['.yaml', '.yml']}
      maxBytes={longestValuesFile}
      files={files}
      onFiles={(next) => void take(next)}
      {...(error ? { error } : {})}
    />
  )
}
