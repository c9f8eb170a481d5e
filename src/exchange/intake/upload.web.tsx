import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type SubmitEvent, useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { callRoute, uploadTo } from '#access/web'
import { parseMonth } from '#base'
import {
  ErrorState,
  ErrorSummary,
  FileDrop,
  type FormFault,
  Page,
  SelectField,
  TextField,
  useSession,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { useNames } from '../names/names.web.ts'
import { listUploadPlaces } from '../places/contract.ts'
import { uploadFeed } from './contract.ts'
import { feedKeys } from './feed-queries.web.ts'
import { intakeTexts } from './texts.ts'
import './intake.css'

const endings = ['.csv', '.txt', '.tsv', '.xlsx']
const mostBytes = (uploadFeed.uploadMiB ?? 0) * 1024 * 1024

interface Input {
  readonly file: File
  readonly kind?: string
  readonly period?: string
  readonly regionCode?: string
}

/** Sends a file; where it stands afterwards is shown by its own page. */
export const UploadPage = () => {
  const { t } = useTexts(intakeTexts)
  return (
    <Page
      title={t('form.title')}
      lead={t('form.lead')}
      breadcrumbs={[{ label: t('title'), to: '/feeds' }, { label: t('form.title') }]}
      help={
        <>
          <p>{t('form.help')}</p>
          <p>{t('form.helpHeaders')}</p>
          <p>{t('help.who')}</p>
        </>
      }
    >
      <UploadForm />
    </Page>
  )
}

const useUpload = (onPercent: (percent: number) => void) => {
  const { t } = useTexts(intakeTexts)
  const navigate = useNavigate()
  const toast = useToast()
  return useWrite({
    write: ({ file, ...fields }: Input, { idempotencyKey }) =>
      uploadTo(uploadFeed, { file, fields, idempotencyKey, onProgress: onPercent, isWrite: true }),
    invalidates: feedKeys,
    onDone: ({ id, known }) => {
      if (known) toast({ text: t('form.known') })
      void navigate(`/feeds/${id}`)
    },
  })
}

const UploadForm = () => {
  const { t } = useTexts(intakeTexts)
  const id = useId()
  const [files, setFiles] = useState<readonly File[]>([])
  const ownKinds = useOwnKinds()
  const [kind, setKind] = useState<string | undefined>(
    ownKinds?.length === 1 ? ownKinds[0]?.value : undefined,
  )
  const [period, setPeriod] = useState('')
  const [regionCode, setRegionCode] = useState<string>()
  const [attempts, setAttempts] = useState(0)
  const [percent, setPercent] = useState(0)
  const send = useUpload(setPercent)
  const [file] = files
  const isKindMissing = ownKinds !== undefined && kind === undefined
  const isPeriodBad = period.trim() !== '' && parseMonth(period.trim()) === undefined
  const faults: FormFault[] =
    attempts === 0
      ? []
      : [
          ...(file ? [] : [{ fieldId: `${id}-file`, message: t('form.missing') }]),
          ...(isKindMissing ? [{ fieldId: `${id}-kind`, message: t('form.kindMissing') }] : []),
          ...(isPeriodBad ? [{ fieldId: `${id}-period`, message: t('form.periodBad') }] : []),
        ]
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setAttempts(attempts + 1)
    if (!file || isPeriodBad || isKindMissing) return
    setPercent(0)
    send.mutate({ file, kind, period: period.trim() || undefined, regionCode })
  }
  return (
    <form className="dd-card exchange-form" onSubmit={submit} noValidate>
      <ErrorSummary key={attempts} faults={faults} />
      {send.error && <ErrorState error={send.error} takesFocus />}
      <div id={`${id}-file`} tabIndex={-1}>
        <FileDrop
          label={t('form.file')}
          hint={t('form.fileHint')}
          endings={endings}
          maxBytes={mostBytes}
          files={files}
          onFiles={setFiles}
          isDisabled={send.isPending}
          error={faults.find(({ fieldId }) => fieldId.endsWith('-file'))?.message}
        />
      </div>
      {ownKinds && (
        <SelectField
          id={`${id}-kind`}
          label={t('form.kind')}
          hint={t('form.kindOwnHint')}
          value={kind}
          onChange={setKind}
          options={ownKinds}
          error={faults.find(({ fieldId }) => fieldId.endsWith('-kind'))?.message}
        />
      )}
      <details className="feed-more" open={isPeriodBad || undefined}>
        <summary>{t('form.more')}</summary>
        <div className="exchange-form-grid">
          {!ownKinds && <KindField value={kind} onChange={setKind} />}
          <TextField
            id={`${id}-period`}
            label={t('form.period')}
            hint={t('form.periodHint')}
            isOptional
            value={period}
            onChange={setPeriod}
            error={attempts > 0 && isPeriodBad ? t('form.periodBad') : undefined}
            input={{ maxLength: 7, inputMode: 'numeric', autoComplete: 'off' }}
          />
          <PlaceField value={regionCode} onChange={setRegionCode} />
        </div>
      </details>
      <div className="exchange-form-foot">
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {send.isPending ? t('form.submitting', { percent }) : t('form.submit')}
        </Button>
        {send.isPending && (
          <progress className="exchange-progress" aria-label={t('form.progress')} max={100} value={percent} />
        )}
      </div>
    </form>
  )
}

/** The kinds another department sends, from which it must choose; undefined for those who take in everybody's files. */
const useOwnKinds = () => {
  const { kindOptions } = useNames()
  const { department } = useSession().account.organisation
  return department ? kindOptions.filter(({ sender }) => sender === department) : undefined
}

interface ChoiceProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

const KindField = ({ value, onChange }: ChoiceProps) => {
  const { t } = useTexts(intakeTexts)
  const { kindOptions } = useNames()
  return (
    <SelectField
      label={t('form.kind')}
      hint={t('form.kindHint')}
      isOptional
      emptyLabel={t('form.kindAuto')}
      value={value}
      onChange={onChange}
      options={kindOptions}
    />
  )
}

/** The place a file is about. Without the list of lower places it is the reader's own. */
const PlaceField = ({ value, onChange }: ChoiceProps) => {
  const { t } = useTexts(intakeTexts)
  const { region } = useSession().account
  const { data } = useQuery({
    queryKey: [listUploadPlaces.path],
    queryFn: ({ signal }) => callRoute(listUploadPlaces, { signal }),
  })
  return (
    <SelectField
      label={t('form.region')}
      hint={t('form.regionHint')}
      isOptional
      emptyLabel={t('form.regionOwn', { place: region.name })}
      value={value}
      onChange={onChange}
      options={(data?.below ?? []).map(({ code, name }) => ({ value: code, label: name }))}
    />
  )
}
