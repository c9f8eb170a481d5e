import type { BusinessDate } from '#base'
import { DateField, RadioField, SelectField, TextAreaField, TextField, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import type { EditorPart } from './edit.web.tsx'
import { indicatorTexts } from './texts.ts'

/** Version or new indicator, region, first day and end. */
export const ScopeFields = ({ id, basis, draft, errorOf, onEdit }: EditorPart) => {
  const { t } = useTexts(indicatorTexts)
  return (
    <>
      <RadioField
        label={t('edit.what')}
        value={draft.isNew ? 'another' : 'version'}
        onChange={(value) => onEdit({ isNew: value === 'another' })}
        options={[
          { value: 'version', label: t('edit.version'), hint: t('edit.versionHint') },
          { value: 'another', label: t('edit.another'), hint: t('edit.anotherHint') },
        ]}
      />
      <SelectField
        id={`${id}-region`}
        label={t('edit.region')}
        value={draft.region}
        error={errorOf('region')}
        onChange={(region) => region && onEdit({ region })}
        options={basis.places.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <DateField
        id={`${id}-from`}
        label={t('edit.from')}
        min={basis.today as BusinessDate}
        value={(draft.from ?? undefined) as BusinessDate | undefined}
        error={errorOf('from')}
        onChange={(from) => onEdit({ from: from ?? null })}
      />
      <DateField
        id={`${id}-until`}
        label={t('edit.until')}
        hint={t('edit.untilHint')}
        isOptional
        value={(draft.until ?? undefined) as BusinessDate | undefined}
        error={errorOf('until')}
        onChange={(until) => onEdit({ until: until ?? null })}
      />
    </>
  )
}

const grades = ['red', 'orange', 'yellow'] as const
const routes = [1, 2, 3, 4] as const
const periods = ['year', 'month'] as const

/** Names, grade, department, handling, how often, and the sentence of the alert. */
export const IndicatorFields = ({ id, basis, draft, errorOf, onEdit }: EditorPart) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const { name, sentence } = draft
  return (
    <>
      <TextField
        id={`${id}-name`}
        label={t('edit.nameZh')}
        value={name.zh}
        error={errorOf('name')}
        onChange={(zh) => onEdit({ name: { ...name, zh } })}
        input={{ maxLength: 100 }}
      />
      <TextField
        label={t('edit.nameEn')}
        value={name.en}
        onChange={(en) => onEdit({ name: { ...name, en } })}
        input={{ maxLength: 100 }}
      />
      <SelectField
        id={`${id}-grade`}
        label={t('edit.grade')}
        hint={t('edit.gradeHint')}
        value={draft.grade}
        onChange={(grade) => grade && onEdit({ grade })}
        options={grades.map((value) => ({ value, label: t(`grades.${value}`) }))}
      />
      <SelectField
        id={`${id}-owner`}
        label={t('edit.owner')}
        value={draft.owner}
        error={errorOf('owner')}
        onChange={(owner) => owner && onEdit({ owner })}
        options={basis.owners.map(({ code, name: owner }) => ({ value: code, label: pick(owner) }))}
      />
      <SelectField
        label={t('edit.route')}
        value={String(draft.route)}
        onChange={(route) => route && onEdit({ route: Number(route) })}
        options={routes.map((value) => ({ value: String(value), label: t(`routes.r${value}`) }))}
      />
      <SelectField
        label={t('edit.period')}
        value={draft.period}
        onChange={(period) => period && onEdit({ period })}
        options={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
      />
      <TextAreaField
        id={`${id}-sentence`}
        label={t('edit.sentenceZh')}
        hint={t('edit.sentenceHint')}
        value={sentence.zh}
        error={errorOf('sentence')}
        onChange={(zh) => onEdit({ sentence: { ...sentence, zh } })}
        input={{ rows: 3, maxLength: 300 }}
      />
      <TextAreaField
        label={t('edit.sentenceEn')}
        value={sentence.en}
        onChange={(en) => onEdit({ sentence: { ...sentence, en } })}
        input={{ rows: 3, maxLength: 300 }}
      />
    </>
  )
}
