import { useMemo } from 'react'
import { useLocation } from 'react-router'
import { parseRegionCode, type RegionCode } from '#base'
import type { FilterField } from '#ui'
import { useFilters, useIsNarrow, usePermission, useTexts } from '#ui/web'
import { alertStatuses } from '../states.ts'
import { type AlertQuery, useAlertCounts } from './alert-queries.web.ts'
import { usePlaces } from './places.web.ts'
import { alertTexts } from './texts.ts'

const grades = ['red', 'orange', 'yellow'] as const
const origins = ['scan', 'visit', 'call', 'superior'] as const
const dues = ['overdue', 'today', 'awaiting'] as const
const todos = ['send', 'verify'] as const

/** Names of the filters in the address, in the order of the desk. */
const names = [
  'region',
  'grade',
  'due',
  'holder',
  'todo',
  'status',
  'indicator',
  'origin',
  'raised',
  'unplaced',
  'number',
] as const

const known = <Value extends string>(
  values: readonly Value[],
  text: string | null | undefined,
): Value | undefined => values.find((value) => value === text)

/** The filters in an address as the routes take them; what is no choice counts as not set. */
export const alertQueryFrom = (address: URLSearchParams): AlertQuery => {
  const number = address.get('number') ?? ''
  const query: AlertQuery = {
    status: known(['open', 'all', ...alertStatuses] as const, address.get('status')),
    grade: known(grades, address.get('grade')),
    due: known(dues, address.get('due')),
    holder: known(['mine'] as const, address.get('holder')),
    todo: known(todos, address.get('todo')),
    raised: known(['mine'] as const, address.get('raised')),
    unplaced: known(['1'] as const, address.get('unplaced')),
    origin: known(origins, address.get('origin')),
    indicator: address.get('indicator') ?? undefined,
    region: parseRegionCode(address.get('region') ?? ''),
    number: /^\d{1,9}$/.test(number) ? Number(number) : undefined,
  }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
}

/** Only the filters of an address, in one order, with the question mark: the same filters give the same text. */
export const filterSearch = (address: URLSearchParams): string => {
  const kept = new URLSearchParams()
  for (const name of names) {
    const value = address.get(name)
    if (value) kept.set(name, value)
  }
  const text = kept.toString()
  return text && `?${text}`
}

/** The choices of the place filter: the way down to the place chosen, then what lies below it. */
const usePlaceOptions = (chosen: RegionCode | undefined) => {
  const { trail, below } = usePlaces(chosen)
  return useMemo(
    () => [
      ...trail.slice(1).map(({ code, name }) => ({ value: code, label: name })),
      ...below.map(({ code, name }) => ({ value: code, label: `· ${name}` })),
    ],
    [trail, below],
  )
}

/** The indicators that the reader's alerts have; the chosen one also where it has none. */
const useIndicatorOptions = ({ indicator: chosen, region }: AlertQuery) => {
  const indicators = useAlertCounts({ status: 'all', region }).data?.byIndicator
  return useMemo(() => {
    const listed = (indicators ?? []).map(({ indicator, name }) => ({ value: indicator, label: name }))
    const isMissing = chosen !== undefined && !listed.some(({ value }) => value === chosen)
    return isMissing ? [...listed, { value: chosen, label: chosen }] : listed
  }, [indicators, chosen])
}

const useFields = (query: AlertQuery): readonly FilterField[] => {
  const { t } = useTexts(alertTexts)
  // A phone has room for three; the others are behind 更多筛选.
  const isNarrow = useIsNarrow()
  const places = usePlaceOptions(query.region as RegionCode | undefined)
  const indicators = useIndicatorOptions(query)
  const further = useFurtherFields()
  return useMemo(
    () => [
      { id: 'region', kind: 'select', label: t('filter.region'), isFurther: isNarrow, options: places },
      {
        id: 'grade',
        kind: 'select',
        label: t('filter.grade'),
        options: grades.map((value) => ({ value, label: t(`grade.${value}`) })),
      },
      {
        id: 'due',
        kind: 'select',
        label: t('filter.due'),
        options: dues.map((value) => ({ value, label: t(`due.${value}`) })),
      },
      {
        id: 'holder',
        kind: 'select',
        isFurther: isNarrow,
        label: t('filter.holder'),
        options: [{ value: 'mine', label: t('filter.mine') }],
      },
      {
        id: 'status',
        kind: 'select',
        label: t('filter.status'),
        emptyLabel: t('status.open'),
        options: (['all', ...alertStatuses] as const).map((value) => ({
          value,
          label: t(`status.${value}`),
        })),
      },
      {
        id: 'indicator',
        kind: 'select',
        label: t('filter.indicator'),
        isFurther: true,
        options: indicators,
      },
      ...further,
    ],
    [t, places, indicators, isNarrow, further],
  )
}

const useFurtherFields = (): readonly FilterField[] => {
  const { t } = useTexts(alertTexts)
  const send = usePermission('alert.dispatch')
  const verify = usePermission('alert.dispose')
  return useMemo(
    () => [
      {
        id: 'origin',
        kind: 'select',
        label: t('filter.origin'),
        isFurther: true,
        options: origins.map((value) => ({ value, label: t(`origin.${value}`) })),
      },
      {
        id: 'todo',
        kind: 'select',
        label: t('filter.todo'),
        isFurther: true,
        options: todos
          .filter((todo) => (todo === 'send' ? send : verify))
          .map((value) => ({ value, label: t(`todo.${value}`) })),
      },
      {
        id: 'raised',
        kind: 'select',
        label: t('filter.raised'),
        isFurther: true,
        options: [{ value: 'mine', label: t('filter.raisedMine') }],
      },
      { id: 'number', kind: 'text', label: t('filter.number'), isFurther: true },
      { id: 'unplaced', kind: 'check', label: t('filter.unplaced'), isFurther: true },
    ],
    [t, send, verify],
  )
}

/**
 * The filters of the desk: for the bar, for the routes, and as the text that links and saved views carry. Where the
 * address names no status the desk shows what is open.
 */
export const useDeskFilters = () => {
  const { search } = useLocation()
  const address = useMemo(() => new URLSearchParams(search), [search])
  const query = useMemo(() => alertQueryFrom(address), [address])
  const fields = useFields(query)
  const filters = useFilters(fields)
  return {
    query,
    fields,
    filters,
    search: filterSearch(address),
    isFiltered: filterSearch(address) !== '',
  }
}
