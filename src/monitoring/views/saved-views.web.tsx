import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type BodyOf, deleteView, listViews, saveView } from '#access'
import { callRoute } from '#access/web'
import { Dialog, ErrorState, Icon, TextField, useConfirm, useTexts, useToast, useWrite } from '#ui/web'
import { viewTexts } from './texts.ts'
import './views.css'

const longestName = 40

interface SavedViewsProps {
  /** Which list the views belong to. */
  readonly page: string
  /** The filters of now, as the address has them: empty, or from the question mark on. */
  readonly search: string
  /** Views that everybody has, first. */
  readonly builtIn: readonly { readonly name: string; readonly search: string }[]
}

// A view keeps its filters as an address has them, with or without the question mark.
const searchOf = (query: string): string => {
  const text = new URLSearchParams(query).toString()
  return text && `?${text}`
}

/** Sets of filters as tabs: those that everybody has, those the reader saved, and a button to save one more. */
export const SavedViews = ({ page, search, builtIn }: SavedViewsProps) => {
  const { t } = useTexts(viewTexts)
  const [isNaming, setIsNaming] = useState(false)
  const { data, error } = useQuery({
    queryKey: [listViews.path, page],
    queryFn: async ({ signal }) => (await callRoute(listViews, { query: { page }, signal })).views,
  })
  const views = [
    ...builtIn.map((view) => ({ ...view, id: undefined })),
    ...(data ?? []).map(({ id, name, query }) => ({ id, name, search: searchOf(query) })),
  ]
  const current = views.find((view) => view.search === search)
  return (
    <div className="monitoring-views dd-no-print">
      <nav aria-label={t('label')}>
        <ul>
          {views.map((view) => (
            <li key={view.id ?? view.search}>
              <Link to={view.search || '?'} aria-current={view === current ? 'page' : undefined}>
                {view.name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {error && <span className="dd-quiet">{t('failed')}</span>}
      {!current && (
        <Button type="text" onClick={() => setIsNaming(true)}>
          {t('save')}
        </Button>
      )}
      {current?.id && <RemoveButton id={current.id} name={current.name} page={page} />}
      {isNaming && <NameDialog page={page} query={search} onClose={() => setIsNaming(false)} />}
    </div>
  )
}

const RemoveButton = (props: { readonly id: string; readonly name: string; readonly page: string }) => {
  const { id, name, page } = props
  const { t } = useTexts(viewTexts)
  const confirm = useConfirm()
  const toast = useToast()
  const navigate = useNavigate()
  const remove = useWrite({
    write: (params: { readonly id: string }, { idempotencyKey }) =>
      callRoute(deleteView, { params, idempotencyKey }),
    invalidates: [[listViews.path, page]],
    onDone: () => {
      toast({ text: t('removed', { name }) })
      void navigate('?')
    },
  })
  const ask = async () => {
    const answer = await confirm({
      title: t('removeTitle'),
      body: t('removeBody'),
      action: t('removeAction'),
      isDangerous: true,
    })
    if (answer.confirmed) remove.mutate({ id })
  }
  return (
    <Button type="text" icon={<Icon name="close" />} loading={remove.isPending} onClick={() => void ask()}>
      {t('remove', { name })}
    </Button>
  )
}

const NameDialog = (props: {
  readonly page: string
  readonly query: string
  readonly onClose: () => void
}) => {
  const { page, query, onClose } = props
  const { t } = useTexts(viewTexts)
  const toast = useToast()
  const formId = useId()
  const [name, setName] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const save = useWrite({
    write: (body: BodyOf<typeof saveView>, { idempotencyKey }) =>
      callRoute(saveView, { body, idempotencyKey }),
    invalidates: [[listViews.path, page]],
    onDone: (_, body) => {
      toast({ text: t('saved', { name: body.name }) })
      onClose()
    },
  })
  const submit = () => {
    const text = name.trim()
    if (text === '' || text.length > longestName) return setIsMissing(true)
    save.mutate({ page, name: text, query: query.replace(/^\?/, '') })
  }
  return (
    <Dialog
      title={t('dialog')}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
            {t('confirm')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {save.error && <ErrorState error={save.error} takesFocus />}
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          value={name}
          error={isMissing ? t('nameMissing') : undefined}
          onChange={(text) => {
            setName(text)
            setIsMissing(false)
          }}
          input={{ maxLength: longestName, autoComplete: 'off' }}
        />
      </form>
    </Dialog>
  )
}
