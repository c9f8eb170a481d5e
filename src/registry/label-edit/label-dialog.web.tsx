import { Button } from 'antd'
import { useState } from 'react'
import { callRoute } from '#access/web'
import type { BusinessDate } from '#base'
import {
  DateField,
  Dialog,
  ErrorState,
  SelectField,
  useConfirm,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { groupTags, needs } from '../categories.ts'
import { readHouseholdChain } from '../chain/contract.ts'
import { type HouseholdFile, readHousehold } from '../household/contract.ts'
import { householdTexts } from '../household/texts.ts'
import { useLabels } from '../labels/labels.web.ts'
import { addLabel, endLabel } from './contract.ts'
import { labelEditTexts } from './texts.ts'
import '../facts/facts.css'

/** A label with its words. */
export interface OneLabel {
  readonly id: string
  readonly who: string
  readonly text: string
  readonly validFrom: string
  readonly validUntil: string | null
}

interface LabelDialogProps {
  readonly file: HouseholdFile
  readonly current: readonly OneLabel[]
  readonly onClose: () => void
}

const shown = [[readHousehold.path], [readHouseholdChain.path]]

/** Adds labels to a household and its members, and ends those in force; every change is an event of the chain. */
export const LabelDialog = ({ file, current, onClose }: LabelDialogProps) => {
  const { t } = useTexts(labelEditTexts)
  return (
    <Dialog
      title={t('dialog.title')}
      size="small"
      actions={<Button onClick={onClose}>{t('dialog.close')}</Button>}
      onClose={onClose}
    >
      <div className="registry-form">
        <p>{t('dialog.lead')}</p>
        <h3>{t('dialog.current')}</h3>
        {current.length === 0 && <p className="dd-quiet">{t('none')}</p>}
        <ul className="registry-list">
          {current.map((label) => (
            <CurrentLabel key={label.id} label={label} />
          ))}
        </ul>
        <h3>{t('dialog.add')}</h3>
        <AddLabel file={file} />
      </div>
    </Dialog>
  )
}

const CurrentLabel = ({ label }: { readonly label: OneLabel }) => {
  const { t } = useTexts(labelEditTexts)
  const confirm = useConfirm()
  const toast = useToast()
  const today = useSession().businessDate
  const { id, text, who } = label
  const end = useWrite({
    write: (body: { until: string; reason: string }, { idempotencyKey }) =>
      callRoute(endLabel, { params: { id }, body, idempotencyKey }),
    invalidates: shown,
    onDone: () => toast({ text: t('dialog.ended', { label: text }), tone: 'good' }),
  })
  const ask = async () => {
    const answer = await confirm({
      title: t('dialog.endTitle', { label: text }),
      body: <p>{t('dialog.endBody')}</p>,
      action: t('dialog.end'),
      reason: {},
    })
    if (answer.confirmed) end.mutate({ until: today, reason: answer.reason })
  }
  return (
    <li>
      {text} · {who}{' '}
      <Button
        size="small"
        loading={end.isPending}
        onClick={() => void ask()}
        aria-label={`${t('dialog.end')} ${text} ${who}`}
      >
        {t('dialog.end')}
      </Button>
      {end.error && <ErrorState error={end.error} takesFocus />}
    </li>
  )
}

const AddLabel = ({ file }: { readonly file: HouseholdFile }) => {
  const { t } = useTexts(labelEditTexts)
  const { t: householdText } = useTexts(householdTexts)
  const { label: word } = useLabels()
  const toast = useToast()
  const today = useSession().businessDate
  const [subjectId, setSubjectId] = useState(file.id)
  const [label, setLabel] = useState<string>()
  const [validFrom, setValidFrom] = useState<BusinessDate | undefined>(today)
  const [isShown, setIsShown] = useState(false)
  const isNeed = subjectId === file.id
  const textOf = (code: string) => word(isNeed ? 'need' : 'tag', code)
  const isDay = validFrom !== undefined && validFrom <= today
  const add = useWrite({
    write: (body: unknown, { idempotencyKey }) =>
      callRoute(addLabel, { params: { id: file.id }, body, idempotencyKey }),
    invalidates: shown,
    onDone: () => {
      toast({ text: t('dialog.saved', { label: textOf(label ?? '') }), tone: 'good' })
      setLabel(undefined)
      setIsShown(false)
    },
  })
  const send = () => {
    setIsShown(true)
    if (label !== undefined && isDay) add.mutate({ subjectId, label, validFrom })
  }
  const subjects = [
    { value: file.id, label: t('household') },
    ...file.members
      .filter(({ leftOn }) => leftOn === null)
      .map(({ id, name }) => ({ value: id, label: name ?? householdText('noName') })),
  ]
  return (
    <>
      {add.error && <ErrorState error={add.error} takesFocus />}
      <SelectField
        label={t('dialog.subject')}
        value={subjectId}
        onChange={(value) => {
          setSubjectId(value ?? file.id)
          setLabel(undefined)
        }}
        options={subjects}
      />
      <SelectField
        label={t('dialog.label')}
        {...(isShown && label === undefined ? { error: t('dialog.needChoice') } : {})}
        value={label}
        onChange={setLabel}
        options={(isNeed ? needs : groupTags).map((value) => ({ value, label: textOf(value) }))}
      />
      <DateField
        label={t('dialog.validFrom')}
        {...(isShown && !isDay ? { error: t('dialog.needDay') } : {})}
        value={validFrom}
        onChange={setValidFrom}
      />
      <Button type="primary" loading={add.isPending} onClick={send}>
        {t('dialog.save')}
      </Button>
    </>
  )
}
