import { Button } from 'antd'
import { type SubmitEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { Icon } from '../marks/icon.web.tsx'
import { useTexts } from '../texts/i18n.web.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { type FilterField, type FilterValues, readFilters, unsentTexts, writeFilters } from './filters.ts'
import '../form/fields.css'
import './filter-bar.css'

interface Filters {
  readonly values: FilterValues
  /** Changes some; undefined takes one away. */
  readonly change: (changes: FilterValues) => void
  readonly clear: () => void
}

const keptIn = (state: unknown): FilterValues =>
  ((state as { filters?: FilterValues } | null)?.filters ?? {}) satisfies FilterValues

// Where the browser is now. The router's own location is that of the last rendering, and a change made before the next
// one would take the change before it away. The router keeps the state of an entry under `usr`.
const here = () => {
  const state: unknown = window.history.state?.usr
  return { address: new URLSearchParams(window.location.search), kept: keptIn(state), state }
}

/** The filters of a page as the address says: they survive reloading, bookmarks and 返回. */
export const useFilters = (fields: readonly FilterField[]): Filters => {
  const location = useLocation()
  const navigate = useNavigate()
  const values = useMemo(
    () => readFilters(fields, new URLSearchParams(location.search), keptIn(location.state)),
    [fields, location],
  )
  const { pathname } = location
  const change = useCallback(
    (changes: FilterValues) => {
      const now = here()
      const { address, kept } = writeFilters(fields, now, changes)
      const search = address.toString()
      void navigate(
        { pathname, search: search ? `?${search}` : '' },
        { replace: true, preventScrollReset: true, state: { ...(now.state ?? {}), filters: kept } },
      )
    },
    [fields, pathname, navigate],
  )
  const clear = useCallback(
    () => change(Object.fromEntries(fields.map(({ id }) => [id, undefined]))),
    [fields, change],
  )
  return { values, change, clear }
}

interface FilterBarProps {
  /** Keep the list stable (outside the component or in useMemo). */
  readonly fields: readonly FilterField[]
  readonly filters: Filters
}

/** One line of filters over a list; the rest behind 更多筛选. Choices act at once, typed text on Enter or 查询. */
export const FilterBar = ({ fields, filters }: FilterBarProps) => {
  const { t } = useTexts(uiTexts)
  const further = fields.filter((field) => field.isFurther)
  const isFurtherSet = further.some((field) => filters.values[field.id])
  const [isOpen, setIsOpen] = useState(isFurtherSet)
  const [typed, setTyped] = useState<FilterValues>(filters.values)
  const seen = useRef(filters.values)
  useEffect(() => {
    // Follows the address, but only where it changed: what is being typed meanwhile stays.
    const changed = fields.filter(({ id }) => filters.values[id] !== seen.current[id])
    seen.current = filters.values
    setTyped((before) => ({
      ...before,
      ...Object.fromEntries(changed.map(({ id }) => [id, filters.values[id]])),
    }))
  }, [fields, filters.values])
  const active = Object.values(filters.values).filter(Boolean).length
  const hasText = fields.some((field) => field.kind === 'text')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    filters.change(unsentTexts(fields, filters.values, typed))
  }
  // Shown at once: the address follows a rendering later, and a box would jump back until then.
  const choose = (id: string, value: string | undefined) => {
    setTyped({ ...typed, [id]: value })
    filters.change({ ...unsentTexts(fields, filters.values, typed), [id]: value })
  }
  const shown = isOpen ? fields : fields.filter((field) => !field.isFurther)
  return (
    <search className="dd-filters dd-no-print" aria-label={t('filter.label')}>
      <form onSubmit={submit}>
        {shown.map((field) => (
          <FilterControl
            key={field.id}
            field={field}
            value={typed[field.id] ?? ''}
            onType={(text) => setTyped({ ...typed, [field.id]: text })}
            onChoose={(value) => choose(field.id, value || undefined)}
          />
        ))}
        <span className="dd-filter-actions">
          {hasText && <Button htmlType="submit">{t('filter.apply')}</Button>}
          {further.length > 0 && (
            <Button
              type="text"
              icon={<Icon name="filter" />}
              aria-expanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
            >
              {isOpen ? t('filter.less') : t('filter.more')}
            </Button>
          )}
          {active > 0 && (
            <Button type="text" onClick={filters.clear}>
              {t('filter.clear')}
            </Button>
          )}
        </span>
      </form>
    </search>
  )
}

interface FilterControlProps {
  readonly field: FilterField
  readonly value: string
  readonly onType: (text: string) => void
  readonly onChoose: (value: string) => void
}

const FilterControl = ({ field, value, onType, onChoose }: FilterControlProps) => {
  const { t } = useTexts(uiTexts)
  const id = useId()
  if (field.kind === 'check') {
    return (
      <label className="dd-check dd-filter-check">
        <input
          type="checkbox"
          checked={value === '1'}
          onChange={(event) => onChoose(event.target.checked ? '1' : '')}
        />
        <span>{field.label}</span>
      </label>
    )
  }
  return (
    <div className="dd-filter">
      <label htmlFor={id}>{field.label}</label>
      {field.kind === 'select' ? (
        <select id={id} className="dd-input" value={value} onChange={(event) => onChoose(event.target.value)}>
          <option value="">{field.emptyLabel ?? t('filter.any')}</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : field.kind === 'date' ? (
        <input
          id={id}
          className="dd-input"
          type="date"
          max="9999-12-31"
          value={value}
          onChange={(event) => onChoose(event.target.value)}
        />
      ) : (
        <input
          id={id}
          className="dd-input"
          type="search"
          autoComplete="off"
          placeholder={field.placeholder}
          value={value}
          onChange={(event) => onType(event.target.value)}
        />
      )}
    </div>
  )
}
