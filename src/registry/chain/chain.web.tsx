import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { callRoute } from '#access/web'
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Section,
  SelectField,
  Timeline,
  type TimelineEntry,
  useTexts,
} from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import { type ChainEntry, readHouseholdChain, readLeadChain } from './contract.ts'
import { chainTexts, roomKeyOf } from './texts.ts'

/** Whose chain it is. */
export interface ChainSubject {
  readonly kind: 'household' | 'lead'
  readonly id: string
}

const useChain = ({ kind, id }: ChainSubject, room: string | undefined) => {
  const route = kind === 'household' ? readHouseholdChain : readLeadChain
  return useInfiniteQuery({
    queryKey: [route.path, id, room ?? ''],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      callRoute(route, { params: { id }, query: { before: pageParam, room }, signal }),
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** What happened to a household or lead, newest first by month, of all rooms or of one. */
export const ChainSection = ({ subject }: { readonly subject: ChainSubject }) => {
  const { t } = useTexts(chainTexts)
  const [room, setRoom] = useState<string>()
  const chain = useChain(subject, room)
  const rooms = chain.data?.pages[0]?.rooms ?? []
  const entries = chain.data?.pages.flatMap((page) => page.entries)
  const nameOf = (one: string) => {
    const key = roomKeyOf(one)
    return key ? t(key) : one
  }
  return (
    <Section title={t('title')}>
      {rooms.length > 1 && (
        <SelectField
          label={t('room')}
          value={room}
          onChange={setRoom}
          emptyLabel={t('all')}
          options={rooms.map((one) => ({ value: one, label: nameOf(one) }))}
        />
      )}
      {chain.error && <ErrorState error={chain.error} onRetry={() => void chain.refetch()} />}
      {chain.isPending && <LoadingSkeleton lines={6} />}
      {entries && <Entries entries={entries} />}
      {chain.hasNextPage && (
        <Button loading={chain.isFetchingNextPage} onClick={() => void chain.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Section>
  )
}

const Entries = ({ entries }: { readonly entries: readonly ChainEntry[] }) => {
  const { t } = useTexts(chainTexts)
  const { short } = useLabels()
  if (entries.length === 0) {
    return (
      <EmptyState icon="clock" title={t('none')}>
        {t('noneBody')}
      </EmptyState>
    )
  }
  const told = entries.map(
    (entry): TimelineEntry => ({
      id: entry.id,
      at: entry.businessDate,
      title: entry.text[short],
      ...(entry.by === null ? {} : { by: t('by', { name: entry.by }) }),
      ...(entry.link === null ? {} : { body: <Link to={entry.link}>{t('open')}</Link> }),
    }),
  )
  return <Timeline label={t('label')} entries={told} />
}
