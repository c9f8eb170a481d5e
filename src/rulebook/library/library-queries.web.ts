import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { callRoute } from '#access/web'
import type { FilterValues } from '#ui'
import { useLanguage } from '#ui/web'
import {
  comparePolicies,
  type EntryKind,
  listParameters,
  readEntry,
  readLibrary,
  readParameter,
  searchLibrary,
} from './contract.ts'

/** The day and region of the address, as far as they are set. */
export const whenIn = ({ on, region }: FilterValues) => ({
  ...(on ? { on } : {}),
  ...(region ? { region } : {}),
})

/** What is in force. */
export const useLibrary = (values: FilterValues) =>
  useQuery({
    queryKey: [readLibrary.path, whenIn(values)],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(readLibrary, { query: whenIn(values), signal }),
  })

/** Results for a word; nothing is asked without one. */
export const useSearch = (q: string | undefined) =>
  useQuery({
    queryKey: [searchLibrary.path, q],
    enabled: q !== undefined,
    queryFn: ({ signal }) => callRoute(searchLibrary, { query: { q: q ?? '' }, signal }),
  })

/** A programme or indicator; its plain words come in the reader's language. */
export const useEntry = (kind: EntryKind, id: string, values: FilterValues) => {
  const { language } = useLanguage()
  return useQuery({
    queryKey: [readEntry.path, kind, id, whenIn(values), language],
    queryFn: ({ signal }) => callRoute(readEntry, { params: { kind, id }, query: whenIn(values), signal }),
  })
}

/** Every parameter as it holds. */
export const useParameters = (values: FilterValues) =>
  useQuery({
    queryKey: [listParameters.path, whenIn(values)],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(listParameters, { query: whenIn(values), signal }),
  })

/** One parameter with its history. */
export const useParameter = (name: string, values: FilterValues) =>
  useQuery({
    queryKey: [readParameter.path, name, whenIn(values)],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(readParameter, { params: { name }, query: whenIn(values), signal }),
  })

/** What differs. */
export const useDifferences = (values: FilterValues) => {
  const query = Object.fromEntries(Object.entries(values).filter(([, value]) => value))
  return useQuery({
    queryKey: [comparePolicies.path, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(comparePolicies, { query, signal }),
  })
}
