import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Dialog, ErrorState, TextField, useTexts, useToast } from '#ui/web'
import { tryTexts } from './texts.ts'
import { type TrialInput, useSaving } from './try-queries.web.ts'

interface SaveProps {
  readonly input: Omit<TrialInput, 'values'> & { readonly householdId?: string | undefined }
  readonly pack: string
  readonly place: string
}

/** Seals the trial that is on screen, after saying what that means. */
export const SaveButton = (props: SaveProps) => {
  const { t } = useTexts(tryTexts)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('save.action')}</Button>
      {isOpen && <SaveDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const SaveDialog = ({ input, pack, place, onClose }: SaveProps & { readonly onClose: () => void }) => {
  const { t } = useTexts(tryTexts)
  const toast = useToast()
  const navigate = useNavigate()
  const [note, setNote] = useState('')
  const saving = useSaving((id) => {
    onClose()
    const action = { label: t('save.open'), onSelect: () => void navigate(`/trials/${id}`) }
    toast({ text: t('save.done'), action })
  })
  return (
    <Dialog
      title={t('save.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('save.cancel')}</Button>
          <Button
            type="primary"
            loading={saving.isPending}
            onClick={() => saving.mutate({ ...input, ...(note.trim() ? { note: note.trim() } : {}) })}
          >
            {t('save.action')}
          </Button>
        </>
      }
    >
      <p>{t('save.body', { pack, date: input.on, place })}</p>
      {saving.error && <ErrorState error={saving.error} takesFocus />}
      <TextField
        label={t('save.note')}
        hint={t('save.noteHint')}
        isOptional
        value={note}
        onChange={setNote}
        input={{ maxLength: 200, autoComplete: 'off' }}
      />
    </Dialog>
  )
}
