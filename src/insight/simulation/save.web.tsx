import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Dialog, ErrorState, TextField, useTexts, useToast } from '#ui/web'
import type { SimulationQuestion, TypicalHousehold } from './contract.ts'
import { useSaving } from './simulation-queries.web.ts'
import { simulationTexts } from './texts.ts'

interface SaveProps {
  readonly question: SimulationQuestion
  readonly typical: TypicalHousehold | null
}

/** Keeps the report that is on screen, after saying what that means. */
export const SaveButton = (props: SaveProps) => {
  const { t } = useTexts(simulationTexts)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('save.action')}</Button>
      {isOpen && <SaveDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const SaveDialog = ({ question, typical, onClose }: SaveProps & { readonly onClose: () => void }) => {
  const { t } = useTexts(simulationTexts)
  const toast = useToast()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const saving = useSaving(({ id, number }) => {
    onClose()
    toast({ text: t('save.done', { number }) })
    void navigate(`/simulations/${id}`)
  })
  const save = () => {
    const isShort = title.trim().length < 2
    setIsMissing(isShort)
    if (!isShort) saving.mutate({ title: title.trim(), question, typical })
  }
  return (
    <Dialog
      title={t('save.title')}
      onClose={onClose}
      isDismissable={!saving.isPending}
      actions={
        <>
          <Button onClick={onClose} disabled={saving.isPending}>
            {t('save.cancel')}
          </Button>
          <Button type="primary" loading={saving.isPending} onClick={save}>
            {t('save.action')}
          </Button>
        </>
      }
    >
      <p>{t('save.body')}</p>
      {typical && <p>{t('save.withCliff')}</p>}
      {saving.error && <ErrorState error={saving.error} takesFocus />}
      <TextField
        label={t('save.name')}
        hint={t('save.nameHint')}
        error={isMissing ? t('save.nameMissing') : undefined}
        value={title}
        onChange={setTitle}
        input={{ maxLength: 120, autoComplete: 'off' }}
      />
    </Dialog>
  )
}
