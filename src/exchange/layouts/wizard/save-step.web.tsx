import { Button } from 'antd'
import { type SubmitEvent, useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { callRoute } from '#access/web'
import { ErrorState, ErrorSummary, TextField, useTexts, useToast, useWrite } from '#ui/web'
import { saveLayout } from '../contract.ts'
import { layoutKeys } from '../layout-queries.web.ts'
import { definitionOf } from '../mapping.ts'
import { layoutTexts } from '../texts.ts'
import type { Revised, Work } from './wizard.web.tsx'

interface SaveStepProps {
  readonly work: Work
  readonly revised: Revised | undefined
  readonly onBack: () => void
}

/** Names the layout and saves it as a version. */
export const SaveStep = ({ work, revised, onBack }: SaveStepProps) => {
  const { t } = useTexts(layoutTexts)
  const id = useId()
  const [zh, setZh] = useState(revised?.layout.title.zh ?? '')
  const [english, setEnglish] = useState(revised?.layout.title.en ?? '')
  const [attempts, setAttempts] = useState(0)
  const save = useSave()
  const isMissing = zh.trim() === ''
  const error = attempts > 0 && isMissing ? t('wizard.save.nameMissing') : undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setAttempts(attempts + 1)
    if (isMissing) return
    const title = { zh: zh.trim(), en: english.trim() || zh.trim() }
    const naming = { id: revised?.layout.id ?? work.draft.proposedId, title }
    save.mutate({
      definition: definitionOf(work.mapping, naming),
      baseVersion: Math.max(0, ...(revised?.detail.versions.map(({ version }) => version) ?? [])),
    })
  }
  const { report } = work
  return (
    <form className="exchange-form" onSubmit={submit} noValidate>
      {error && <ErrorSummary key={attempts} faults={[{ fieldId: id, message: error }]} />}
      {save.error && <ErrorState error={save.error} takesFocus />}
      {report && <p>{t('wizard.save.result', { rowsIn: report.rowsIn, accepted: report.rowsAccepted })}</p>}
      <TextField
        id={id}
        label={t('wizard.save.name')}
        hint={t('wizard.save.nameHint')}
        value={zh}
        onChange={setZh}
        error={error}
        input={{ maxLength: 60 }}
      />
      <TextField
        label={t('wizard.save.english')}
        hint={t('wizard.save.englishHint')}
        isOptional
        value={english}
        onChange={setEnglish}
        input={{ maxLength: 120, lang: 'en' }}
      />
      <p>{revised ? t('wizard.save.effectVersion') : t('wizard.save.effect')}</p>
      <div className="exchange-form-foot">
        <Button onClick={onBack}>{t('wizard.back')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('wizard.save.submit')}
        </Button>
      </div>
    </form>
  )
}

interface SaveInput {
  readonly definition: Readonly<Record<string, unknown>>
  readonly baseVersion: number
}

const useSave = () => {
  const { t } = useTexts(layoutTexts)
  const toast = useToast()
  const navigate = useNavigate()
  return useWrite({
    write: (body: SaveInput, { idempotencyKey }) => callRoute(saveLayout, { body, idempotencyKey }),
    invalidates: layoutKeys,
    onDone: ({ id }) => {
      toast({ text: t('wizard.save.done') })
      void navigate(`/layouts/${id}`)
    },
  })
}
