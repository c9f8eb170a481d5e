import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import {
  apiFetch,
  Dialog,
  ErrorState,
  Icon,
  TextField,
  useConfirm,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { viewTexts } from './texts.ts'
import './views.css'

interface SavedView {
  readonly id: string
  readonly name: string
  /** The filters as an address has them, with or without the question mark. */
  readonly query: string
}

const path = '/api/v1/access/views'
const longestName = 40

interface SavedViewsProps {
  /** Which list the views belong to. */
  readonly page: string
  /** The filters of now, as the address has them: empty, or from the question mark on. */
  readonly search: string
  /** Views that everybody has, first. */
  readonly builtIn: readonly { readonly name: string; readonly search: string }[]
}

const searchOf = (query: string): string => {
  const text = new URLSearchParams(query).toString()
  return text && `?${text}`
}

/** Sets of filters as tabs: those that everybody has, those the reader saved, and a button to save one more. */
export const SavedViews = ({ page, search, builtIn }: SavedViewsProps) => {
  const { t } = useTexts(viewTexts)
  const [isNaming, setIsNaming] = useState(false)
  const { data, error } = useQuery({
    queryKey: [path, page],
    queryFn: async ({ signal }) =>
      (await apiFetch<{ views: readonly SavedView[] }>(path, { query: { page }, signal })).value.views,
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
    write: (view: { id: string }, { idempotencyKey }) =>
      apiFetch(`${path}/${encodeURIComponent(view.id)}`, { method: 'DELETE', idempotencyKey }),
    invalidates: [[path, page]],
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
    write: (body: { page: string; name: string; query: string }, { idempotencyKey }) =>
      apiFetch<{ id: string }>(path, { method: 'POST', body, idempotencyKey }),
    invalidates: [[path, page]],
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
