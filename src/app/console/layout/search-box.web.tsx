import { Button } from 'antd'
import { type SubmitEvent, useId, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { Icon, useShortcuts, useTexts } from '#ui/web'
import { consoleTexts } from '../texts.ts'

/**
 * Looks for people and households. What is typed may be a name or part of a number, so it never stands in the
 * address: it travels in the history entry, as a personal filter does.
 */
export const SearchBox = ({ path }: { readonly path: string }) => {
  const { t } = useTexts(consoleTexts)
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const shortcuts = useMemo(
    () => [
      {
        key: '/',
        label: t('search.key'),
        group: t('product'),
        run: () => {
          if (!input.current?.checkVisibility()) return false
          input.current.focus()
          return true
        },
      },
    ],
    [t],
  )
  useShortcuts(shortcuts)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (text.trim()) void navigate(path, { state: { filters: { q: text.trim() } } })
  }
  return (
    <search className="console-search">
      <form onSubmit={submit}>
        <label className="dd-unseen" htmlFor={id}>
          {t('search.label')}
        </label>
        <input
          ref={input}
          id={id}
          type="search"
          className="dd-input"
          autoComplete="off"
          placeholder={t('search.placeholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" icon={<Icon name="search" />} aria-label={t('search.action')} />
      </form>
    </search>
  )
}
