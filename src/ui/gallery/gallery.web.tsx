import { Button } from 'antd'
import { type ReactNode, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { type BusinessDate, businessDate, type Fen, fen, type Instant } from '#base'
import { apiFetch } from '../api/fetch.web.ts'
import { ApiProblem } from '../api/problem.ts'
import { createQueryClient, useWrite } from '../api/query.web.tsx'
import { Dialog, useConfirm } from '../dialog/dialog.web.tsx'
import { FilterBar, useFilters } from '../filter/filter-bar.web.tsx'
import type { FilterField } from '../filter/filters.ts'
import {
  CheckField,
  DateField,
  ErrorSummary,
  MoneyField,
  PasswordField,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
} from '../form/fields.web.tsx'
import { FileDrop } from '../form/file-drop.web.tsx'
import { Icon } from '../marks/icon.web.tsx'
import { Count, DateText, DueLight, GradeBadge, InstantText, Money, StatusTag } from '../marks/marks.web.tsx'
import { MaskedText } from '../marks/masked.web.tsx'
import { Facts, Page, Section, SkipLink } from '../page/page.web.tsx'
import { WithSidePanel } from '../page/side-panel.web.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../page/states.web.tsx'
import { UiProvider } from '../provider.web.tsx'
import { DataTable } from '../table/data-table.web.tsx'
import type { Column, Sort } from '../table/types.ts'
import { createTexts, useLanguage } from '../texts/i18n.web.tsx'
import { Timeline } from '../timeline/timeline.web.tsx'
import { useToast } from '../toast/toast.web.tsx'
import { gallery, type SampleRow, sampleOptions, sampleRows } from './samples.ts'

// Every shared component in its states on one page: what the browser tests walk through. It is in no build.

const today = businessDate('2026-06-15')

const Marks = () => (
  <Section title={gallery.marks}>
    <p className="gallery-row">
      <GradeBadge grade="red" /> <GradeBadge grade="orange" /> <GradeBadge grade="yellow" />
      <GradeBadge grade="red" compact /> <StatusTag>{gallery.word}</StatusTag>
      <StatusTag tone="good">{gallery.word}</StatusTag> <StatusTag tone="primary">{gallery.word}</StatusTag>
      <StatusTag tone="yellow">{gallery.word}</StatusTag>{' '}
      <StatusTag icon="database">{gallery.word}</StatusTag>
    </p>
    <p className="gallery-row">
      {([-3, 0, 2, 12, 'awaiting', undefined] as const).map((left) => (
        <DueLight
          key={String(left)}
          dueOn={typeof left === 'number' ? today : undefined}
          workdaysLeft={left}
        />
      ))}
    </p>
    <Facts
      items={[
        { label: 'Money', value: <Money fen={fen(123450)} /> },
        { label: 'Money unknown', value: <Money fen={undefined} /> },
        { label: 'Date', value: <DateText date={businessDate('2026-05-18')} today={today} /> },
        { label: 'Instant', value: <InstantText at={'2026-06-14T16:05:09.000Z' as Instant} /> },
        { label: 'Count', value: <Count value={112893} /> },
        { label: 'Unknown', value: undefined },
        { label: 'Absent', value: null },
        {
          label: gallery.number,
          value: (
            <MaskedText
              masked="9999**********0112"
              what={gallery.number}
              onReveal={async (reason) =>
                (await apiFetch<{ number: string }>('/api/v1/reveal', { method: 'POST', body: { reason } }))
                  .value.number
              }
            />
          ),
        },
      ]}
    />
  </Section>
)

const States = () => (
  <Section title={gallery.states}>
    <EmptyState action={<Button type="primary">{gallery.upload}</Button>}>{gallery.emptyBody}</EmptyState>
    <ErrorState
      error={
        new ApiProblem(
          'refused',
          {
            status: 422,
            title: gallery.refused,
            detail: gallery.refusedDetail,
            traceId: 't-1',
            errors: [{ message: gallery.fault }],
          },
          true,
        )
      }
      onRetry={() => undefined}
    />
    <ErrorState error={new ApiProblem('network', { status: 0 }, true)} onRetry={() => undefined} />
    <LoadingSkeleton isImmediate />
  </Section>
)

const Forms = () => {
  const [text, setText] = useState('')
  const [choice, setChoice] = useState<string>()
  const [date, setDate] = useState<BusinessDate>()
  const [amount, setAmount] = useState<Fen>()
  const [files, setFiles] = useState<readonly File[]>([])
  const [isChecked, setIsChecked] = useState(false)
  const [faults, setFaults] = useState<{ fieldId: string; message: string }[]>([])
  return (
    <Section title={gallery.forms}>
      <ErrorSummary faults={faults} />
      <TextField
        id="sample-text"
        label={gallery.text}
        hint={gallery.hint}
        value={text}
        error={faults[0]?.message}
        onChange={setText}
      />
      <TextAreaField label={gallery.longText} isOptional value={text} onChange={setText} />
      <PasswordField label={gallery.password} autoComplete="new-password" value={text} onChange={setText} />
      <SelectField
        label={gallery.few}
        value={choice}
        onChange={setChoice}
        options={sampleOptions.slice(0, 3)}
      />
      <SelectField label={gallery.many} value={choice} onChange={setChoice} options={sampleOptions} />
      <RadioField
        label={gallery.radio}
        value={choice}
        onChange={setChoice}
        options={sampleOptions.slice(0, 3)}
      />
      <CheckField label={gallery.check} hint={gallery.hint} checked={isChecked} onChange={setIsChecked} />
      <DateField label={gallery.date} value={date} onChange={setDate} />
      <MoneyField label={gallery.amount} value={amount} onChange={setAmount} />
      <output>{amount === undefined ? 'no amount' : `${amount} fen`}</output>
      <FileDrop
        label={gallery.file}
        endings={['.csv', '.xlsx']}
        maxBytes={1024 * 1024}
        isMultiple
        files={files}
        onFiles={setFiles}
      />
      <span className="gallery-row">
        <Button onClick={() => setFaults([{ fieldId: 'sample-text', message: gallery.fault }])}>
          {gallery.check}
        </Button>
        <Button disabled>{gallery.disabled}</Button>
      </span>
    </Section>
  )
}

const filterFields: readonly FilterField[] = [
  { id: 'q', label: gallery.person, kind: 'text', isPersonal: true },
  {
    id: 'grade',
    label: gallery.grade,
    kind: 'select',
    options: [
      { value: 'red', label: gallery.red },
      { value: 'orange', label: gallery.orange },
    ],
  },
  { id: 'since', label: gallery.date, kind: 'date', isFurther: true },
  { id: 'mine', label: gallery.mine, kind: 'check', isFurther: true },
]

const columns: readonly Column<SampleRow>[] = [
  { id: 'grade', title: gallery.grade, onCard: 'head', cell: (row) => <GradeBadge grade={row.grade} /> },
  { id: 'name', title: gallery.person, isMain: true, sortBy: 'name', cell: (row) => row.name },
  { id: 'what', title: gallery.what, cell: (row) => row.what, isOptional: true },
  { id: 'amount', title: gallery.amount, align: 'end', cell: (row) => <Money fen={row.amount} /> },
]

const Lists = () => {
  const filters = useFilters(filterFields)
  const toast = useToast()
  const confirm = useConfirm()
  const [count, setCount] = useState(5)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [sort, setSort] = useState<Sort>()
  const [active, setActive] = useState<SampleRow>()
  const rows = sampleRows
    .slice(0, count)
    .filter((row) => !filters.values.grade || row.grade === filters.values.grade)
  const dispatch = async (chosen: readonly SampleRow[]) => {
    const answer = await confirm({
      title: gallery.dispatch,
      body: <p>{gallery.dispatchBody}</p>,
      action: gallery.dispatch,
      reason: {},
    })
    if (answer.confirmed) toast({ text: `${gallery.done} ${chosen.length} ${answer.reason}` })
  }
  const panel = active && {
    title: active.name,
    body: <p>{active.what}</p>,
    actions: <Button type="primary">{gallery.dispatch}</Button>,
  }
  return (
    <Section title={gallery.lists}>
      <FilterBar fields={filterFields} filters={filters} />
      <WithSidePanel panel={panel} onClose={() => setActive(undefined)}>
        <DataTable
          caption={gallery.lists}
          columns={columns}
          columnsKey="gallery"
          rows={rows}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.name}
          onOpen={setActive}
          activeKey={active?.id}
          selection={{
            selected,
            onChange: setSelected,
            actions: (chosen) => <Button onClick={() => void dispatch(chosen)}>{gallery.dispatch}</Button>,
          }}
          sort={sort}
          onSort={setSort}
          more={{ hasMore: count < sampleRows.length, isLoading: false, onMore: () => setCount(count + 5) }}
          total={sampleRows.length}
        />
      </WithSidePanel>
    </Section>
  )
}

const History = () => (
  <Section title={gallery.history}>
    <Timeline
      label={gallery.history}
      entries={[
        { id: '1', at: '2026-06-12 09:30', title: gallery.word, by: gallery.by, tone: 'good' },
        { id: '2', at: '2026-06-02', title: gallery.what, body: <p>{gallery.dispatchBody}</p>, tone: 'red' },
        { id: '3', at: '2026-05-18', title: gallery.word },
      ]}
    />
  </Section>
)

const Writes = () => {
  const [isOpen, setIsOpen] = useState(false)
  const toast = useToast()
  const write = useWrite({
    write: (input: { a: number }, { idempotencyKey }) =>
      apiFetch('/api/v1/write', { method: 'POST', body: input, idempotencyKey, ifMatch: '"7"' }),
    onDone: () => toast({ text: gallery.done }),
  })
  const { setLanguage } = useLanguage()
  return (
    <Section title={gallery.writes}>
      <span className="gallery-row">
        <Button onClick={() => write.mutate({ a: 1 })}>{gallery.send}</Button>
        <Button onClick={() => setIsOpen(true)}>{gallery.openDialog}</Button>
        <Button onClick={() => toast({ text: gallery.fault, tone: 'red' })}>{gallery.warn}</Button>
        <Button onClick={() => setLanguage('en')}>English</Button>
      </span>
      {write.error && <ErrorState error={write.error} onRetry={() => write.mutate({ a: 1 })} />}
      {isOpen && (
        <Dialog title={gallery.openDialog} onClose={() => setIsOpen(false)}>
          <p>{gallery.dispatchBody}</p>
          <SelectField
            label={gallery.many}
            value={undefined}
            onChange={() => undefined}
            options={sampleOptions}
          />
        </Dialog>
      )}
    </Section>
  )
}

const Gallery = (): ReactNode => (
  <>
    <SkipLink />
    <main id="main" style={{ padding: 16 }}>
      <Page
        title={gallery.title}
        lead={gallery.emptyBody}
        marks={<StatusTag tone="good">{gallery.word}</StatusTag>}
        actions={
          <Button type="primary" icon={<Icon name="upload" />}>
            {gallery.upload}
          </Button>
        }
        help={<p>{gallery.emptyBody}</p>}
        breadcrumbs={[{ label: gallery.lists, to: '/' }, { label: gallery.title }]}
      >
        <Marks />
        <Lists />
        <Forms />
        <States />
        <History />
        <Writes />
      </Page>
    </main>
  </>
)

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <UiProvider texts={createTexts()} queries={createQueryClient()}>
      <RouterProvider router={createBrowserRouter([{ path: '*', Component: Gallery }])} />
    </UiProvider>
  </StrictMode>,
)
