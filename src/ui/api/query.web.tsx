import {
  QueryClient,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { newId } from '#base'
import { type ApiRequest, apiFetch } from './fetch.web.ts'
import { type ApiProblem, isSettled, sortOf } from './problem.ts'

/** Reads are tried again only when that can help; what was read stays fresh for half a minute. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && ['network', 'server'].includes(sortOf(error)),
        retryDelay: (failures) => 800 * 2 ** failures,
      },
      mutations: { retry: false },
    },
  })

const fingerprintOf = (input: unknown): string =>
  JSON.stringify(input, (_, value) =>
    value instanceof File ? [value.name, value.size, value.lastModified] : value,
  ) ?? ''

interface WriteOptions<Input, Output> {
  /** Sends the write; hand `idempotencyKey` to apiFetch. */
  readonly write: (input: Input, request: { readonly idempotencyKey: string }) => Promise<Output>
  /** Lists and records to be read again after success. */
  readonly invalidates?: readonly QueryKey[]
  readonly onDone?: (output: Output, input: Input) => void
}

/**
 * A write that counts once: pressing again after "no answer" sends the same key, so the server does it once only;
 * after a success or a clear refusal the next attempt is a new operation.
 */
export const useWrite = <Input, Output>({ write, invalidates = [], onDone }: WriteOptions<Input, Output>) => {
  const client = useQueryClient()
  const pending = useRef<{ fingerprint: string; key: string } | undefined>(undefined)
  return useMutation<Output, ApiProblem, Input>({
    mutationFn: async (input) => {
      const fingerprint = fingerprintOf(input)
      if (pending.current?.fingerprint !== fingerprint)
        pending.current = { fingerprint, key: newId<'write'>() }
      try {
        const output = await write(input, { idempotencyKey: pending.current.key })
        pending.current = undefined
        return output
      } catch (error) {
        if (isSettled(error)) pending.current = undefined
        throw error
      }
    },
    onSuccess: async (output, input) => {
      await Promise.all(invalidates.map((queryKey) => client.invalidateQueries({ queryKey })))
      onDone?.(output, input)
    },
  })
}

/** One page of a list with keyset paging: `next` is the cursor of the following page, absent on the last. */
export interface KeysetPage<Row> {
  readonly items: readonly Row[]
  readonly next?: string | null
  /** An estimate; lists never count exactly. */
  readonly total?: number
}

type KeysetOptions<Row> = { readonly enabled?: boolean } & (
  | {
      readonly path: string
      readonly query?: ApiRequest<unknown>['query']
      readonly reply?: { parse(value: unknown): KeysetPage<Row> }
    }
  | {
      /** For lists that are asked for in another way, such as by POST. */
      readonly queryKey: QueryKey
      readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<KeysetPage<Row>>
    }
)

const readPage = async <Row,>(
  options: KeysetOptions<Row>,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<KeysetPage<Row>> => {
  if ('read' in options) return options.read(cursor, signal)
  const { path, query, reply } = options
  return (await apiFetch<KeysetPage<Row>>(path, { query: { ...query, cursor }, signal, reply })).value
}

/** What a DataTable needs of a list that is read page by page. */
export interface KeysetList<Row> {
  /** Undefined until the first page has come. */
  readonly rows: readonly Row[] | undefined
  readonly total?: number
  readonly error: unknown
  readonly onRetry: () => void
  readonly more: { readonly hasMore: boolean; readonly isLoading: boolean; readonly onMore: () => void }
}

/** Reads a list by cursor: `<DataTable {...useKeysetList({ path: '/api/v1/monitoring/alerts', query })} … />`. */
export const useKeysetList = <Row,>(options: KeysetOptions<Row>): KeysetList<Row> => {
  const result = useInfiniteQuery({
    queryKey: 'read' in options ? options.queryKey : [options.path, options.query ?? {}],
    enabled: options.enabled ?? true,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => readPage(options, pageParam, signal),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.items), [result.data])
  return {
    rows,
    total: result.data?.pages[0]?.total,
    error: result.error ?? undefined,
    onRetry: () => void result.refetch(),
    more: {
      hasMore: result.hasNextPage,
      isLoading: result.isFetchingNextPage,
      onMore: () => void result.fetchNextPage(),
    },
  }
}
