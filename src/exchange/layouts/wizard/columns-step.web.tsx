import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { ErrorSummary, type FormFault, Icon, useTexts } from '#ui/web'
import { fieldsOf } from '../../feeds.ts'
import { useNames } from '../../names/names.web.ts'
import {
  addUse,
  changeField,
  changeReading,
  type Mapping,
  missingIn,
  namesPeople,
  type Use,
} from '../mapping.ts'
import { useReadingTexts } from '../reading-text.web.ts'
import { layoutTexts } from '../texts.ts'
import { ColumnOptions, hasOptions } from './column-options.web.tsx'
import { ConstantFields, constantFieldId } from './constant-fields.web.tsx'
import type { Work } from './wizard.web.tsx'

interface ColumnsStepProps {
  readonly work: Work
  readonly onChange: (mapping: Mapping) => void
  readonly onBack: () => void
  readonly onNext: () => void
}

const columnId = (place: number): string => `layout-column-${place}`

/** Says of every column of the sample what it is and how it is read. */
export const ColumnsStep = ({ work, onChange, onBack, onNext }: ColumnsStepProps) => {
  const { t } = useTexts(layoutTexts)
  const [attempts, setAttempts] = useState(0)
  const { mapping } = work
  const faults = useFaults(mapping)
  const next = () => {
    setAttempts(attempts + 1)
    if (faults.length === 0) onNext()
  }
  return (
    <>
      {attempts > 0 && <ErrorSummary key={attempts} faults={faults} />}
      <Fits work={work} />
      <p>{t('wizard.columns.intro', { count: mapping.headers.length })}</p>
      <ul className="layout-columns" aria-label={t('wizard.columns.list')}>
        {mapping.headers.map((header, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column of a file is told by its place; names may repeat
          <ColumnLine key={place} header={header} place={place} work={work} onChange={onChange} />
        ))}
      </ul>
      <Kept mapping={mapping} />
      <ConstantFields mapping={mapping} onChange={onChange} />
      <div className="exchange-form-foot">
        <Button onClick={onBack}>{t('wizard.back')}</Button>
        <Button type="primary" onClick={next}>
          {t('wizard.next')}
        </Button>
      </div>
    </>
  )
}

const useFaults = (mapping: Mapping): FormFault[] => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const missing = missingIn(mapping).map((field) => ({
    fieldId: constantFieldId(field),
    message: t('wizard.columns.stillMissing', { field: names.field(mapping.kind, field) }),
  }))
  return namesPeople(mapping)
    ? missing
    : [{ fieldId: columnId(0), message: t('wizard.columns.noPeople') }, ...missing]
}

const Fits = ({ work }: { readonly work: Work }) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const { fits } = work.draft
  if (!fits || work.mapping.base) return null
  return (
    <p className="feed-notice">
      {t('wizard.columns.fits', { title: names.text(fits.title) })}{' '}
      <Link to="/feeds/upload">{t('wizard.columns.fitsLink')}</Link>
    </p>
  )
}

const Kept = ({ mapping }: { readonly mapping: Mapping }) => {
  const { t } = useTexts(layoutTexts)
  const { base, kept } = mapping
  const hasMore = base !== undefined && base.transforms.length + base.unpivot.length > 0
  return (
    <>
      {kept.length > 0 && <p className="dd-quiet">{t('wizard.columns.kept', { count: kept.length })}</p>}
      {hasMore && <p className="dd-quiet">{t('wizard.columns.keptElse')}</p>}
    </>
  )
}

interface ColumnLineProps {
  readonly header: string
  readonly place: number
  readonly work: Work
  readonly onChange: (mapping: Mapping) => void
}

const ColumnLine = ({ header, place, work, onChange }: ColumnLineProps) => {
  const { t } = useTexts(layoutTexts)
  const { mapping } = work
  const [isAdding, setIsAdding] = useState(false)
  const uses = mapping.uses.filter((use) => use.place === place)
  const name = header || t('wizard.columns.noName', { place: String(place + 1) })
  const samples = mapping.samples.flatMap((row) => row[place] || []).slice(0, 3)
  const take = (field: string | undefined) => {
    setIsAdding(false)
    if (field) onChange(addUse(mapping, place, field))
  }
  return (
    <li data-unused={uses.length === 0 || undefined}>
      <div>
        <div className="layout-header">{name}</div>
        <p className="layout-samples">
          <span className="dd-unseen">{t('wizard.columns.sampleValues')} </span>
          {samples.length > 0 ? samples.join(' · ') : t('wizard.columns.noSamples')}
        </p>
      </div>
      <div className="layout-uses">
        {uses.map((use, index) => (
          <UseLine
            key={use.id}
            id={index === 0 ? columnId(place) : undefined}
            use={use}
            name={name}
            work={work}
            onChange={onChange}
            another={
              index === uses.length - 1 &&
              !isAdding && (
                <Button
                  size="small"
                  type="link"
                  aria-label={t('wizard.columns.anotherOf', { header: name })}
                  onClick={() => setIsAdding(true)}
                >
                  {t('wizard.columns.another')}
                </Button>
              )
            }
          />
        ))}
        {uses.length === 0 && header !== '' && (
          <div className="layout-use">
            <FieldChoice id={columnId(place)} name={name} mapping={mapping} value="" onChange={take} />
          </div>
        )}
        {isAdding && (
          <div className="layout-use">
            <FieldChoice name={name} mapping={mapping} value="" onChange={take} />
          </div>
        )}
      </div>
    </li>
  )
}

interface FieldChoiceProps {
  readonly id?: string
  readonly name: string
  readonly mapping: Mapping
  readonly value: string
  readonly onChange: (field: string | undefined) => void
}

/** The fields of the kind; the required ones are marked. */
const FieldChoice = ({ id, name, mapping, value, onChange }: FieldChoiceProps) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  return (
    <select
      id={id}
      className="dd-input"
      aria-label={t('wizard.columns.use', { header: name })}
      value={value}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{t('wizard.columns.ignore')}</option>
      {fieldsOf(mapping.kind).map(({ id: field, field: { required } }) => (
        <option key={field} value={field}>
          {names.field(mapping.kind, field)}
          {required ? ` · ${t('wizard.columns.required')}` : ''}
        </option>
      ))}
    </select>
  )
}

interface UseLineProps {
  readonly id: string | undefined
  readonly use: Use
  readonly name: string
  readonly work: Work
  readonly onChange: (mapping: Mapping) => void
  /** The button that takes a further field from the column. */
  readonly another: ReactNode
}

const UseLine = ({ id, use, name, work, onChange, another }: UseLineProps) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const { mapping, draft } = work
  const { reading } = useReadingTexts(mapping.kind)
  const proposed = draft.columns[use.place]
  const because = proposed?.field === use.field && !mapping.base ? proposed.because : null
  const isDoubled = mapping.uses.some((other) => other.id !== use.id && other.field === use.field)
  const words = reading({ header: name, field: use.field, ...use.reading })
  return (
    <div className="layout-use">
      <FieldChoice
        id={id}
        name={name}
        mapping={mapping}
        value={use.field}
        onChange={(field) => onChange(changeField(mapping, use.id, field))}
      />
      <span className="dd-quiet">
        {because === 'resembles' && <Icon name="warning" />}{' '}
        {because && t(`wizard.columns.because.${because}`)}
        {isDoubled && ` ${t('wizard.columns.doubled', { field: names.field(mapping.kind, use.field) })}`}
      </span>
      <span>{another}</span>
      {hasOptions(mapping.kind, use.field) && (
        <details>
          <summary aria-label={t('wizard.columns.optionsOf', { header: name })}>
            {t('wizard.columns.options')} <span>{words.join(' · ')}</span>
          </summary>
          <ColumnOptions
            key={use.field}
            kind={mapping.kind}
            use={use}
            onChange={(changes) => onChange(changeReading(mapping, use.id, changes))}
          />
        </details>
      )}
    </div>
  )
}
