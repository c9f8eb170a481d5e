import { Button } from 'antd'
import { useState } from 'react'
import type { BusinessDate } from '#base'
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Section,
  TextField,
  useTexts,
} from '#ui/web'
import type { FoundHousehold } from './contract.ts'
import type { Taken } from './taken.web.tsx'
import { tryTexts } from './texts.ts'
import { useHouseholdSearch, useTaking } from './try-queries.web.ts'

interface HouseholdPickerProps {
  readonly on: BusinessDate
  readonly onTaken: (taken: Taken) => void
}

/** Finds a registered household and takes what is known of it; what is typed stays out of the address. */
export const HouseholdPicker = ({ on, onTaken }: HouseholdPickerProps) => {
  const { t } = useTexts(tryTexts)
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const search = useHouseholdSearch()
  const taking = useTaking(({ id, number, household, place, known }) => {
    onTaken({ household, region: place, householdId: id })
    setSaid(t('registry.taken', { number, count: known }))
    search.reset()
  })
  const error = search.error ?? taking.error
  return (
    <Section title={t('registry.title')}>
      <form
        className="try-search"
        onSubmit={(event) => {
          event.preventDefault()
          setSaid('')
          if (text.trim()) search.mutate(text.trim())
        }}
      >
        <TextField
          label={t('registry.field')}
          value={text}
          onChange={setText}
          input={{ maxLength: 60, autoComplete: 'off', spellCheck: false }}
        />
        <Button htmlType="submit" loading={search.isPending}>
          {t('registry.find')}
        </Button>
      </form>
      <p role="status">{said}</p>
      {error && <ErrorState error={error} takesFocus />}
      {taking.isPending && <LoadingSkeleton lines={2} />}
      {search.data && (
        <DataTable
          caption={t('registry.caption')}
          columns={columnsOf(t, (id) => taking.mutate({ id, on }))}
          rows={search.data.items}
          rowKey={({ id }) => id}
          rowLabel={({ number }) => number}
          empty={<EmptyState icon="search" title={t('registry.none')} />}
        />
      )}
    </Section>
  )
}

const columnsOf = (
  t: ReturnType<typeof useTexts<(typeof tryTexts.texts)['zh-CN']>>['t'],
  take: (id: string) => void,
): readonly Column<FoundHousehold>[] => [
  { id: 'number', title: t('registry.number'), isMain: true, cell: ({ number }) => number },
  { id: 'people', title: t('registry.people'), cell: ({ people }) => people.join(t('reasons.joiner')) },
  { id: 'place', title: t('registry.place'), cell: ({ place }) => place },
  {
    id: 'take',
    title: t('registry.takeShort'),
    cell: ({ id, number }) => (
      <Button aria-label={t('registry.take', { number })} onClick={() => take(id)}>
        {t('registry.takeShort')}
      </Button>
    ),
  },
]
