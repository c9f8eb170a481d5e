import type { FilterField } from '#ui'
import { type useFilters, useTexts } from '#ui/web'
import { viewTexts } from './texts.ts'
import './views.css'

/** The filters of a list in words, on paper only: there the bar itself is left out. */
export const PrintedFilters = (props: {
  readonly fields: readonly FilterField[]
  readonly filters: ReturnType<typeof useFilters>
}) => {
  const { t } = useTexts(viewTexts)
  const { values } = props.filters
  const set = props.fields.flatMap((field) => {
    const value = values[field.id]
    if (field.kind === 'check') return value ? [field.label] : []
    if (field.kind !== 'select') return value ? [t('filter', { label: field.label, value })] : []
    // No choice may still mean something, such as "open".
    const words = value ? field.options.find((one) => one.value === value)?.label : field.emptyLabel
    return words ? [t('filter', { label: field.label, value: words.replace(/^· /, '') })] : []
  })
  return <p className="monitoring-printed">{t('filters', { filters: set.join(t('between')) })}</p>
}
