import { Button } from 'antd'
import { type SubmitEvent, useId, useState } from 'react'
import { uploadTo } from '#access/web'
import { ErrorState, ErrorSummary, FileDrop, type FormFault, SelectField, useTexts, useWrite } from '#ui/web'
import { type FeedKind, isFeedKind } from '../../feeds.ts'
import { useNames } from '../../names/names.web.ts'
import { draftMapping, type MappingDraft, sampleMiB } from '../contract.ts'
import { layoutTexts } from '../texts.ts'

const endings = ['.csv', '.txt', '.tsv', '.xlsx']

interface SampleStepProps {
  readonly kind: FeedKind | undefined
  /** A layout keeps its kind when it is revised. */
  readonly isKindFixed: boolean
  readonly file: File | undefined
  readonly onDone: (kind: FeedKind, file: File, draft: MappingDraft) => void
}

/** Chooses the kind and a sample, and has its header row read. */
export const SampleStep = (props: SampleStepProps) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const id = useId()
  const [kind, setKind] = useState(props.kind)
  const [files, setFiles] = useState<readonly File[]>(props.file ? [props.file] : [])
  const [attempts, setAttempts] = useState(0)
  const [percent, setPercent] = useState(0)
  const [file] = files
  const read = useWrite({
    write: (input: { kind: FeedKind; file: File }, { idempotencyKey }) =>
      uploadTo(draftMapping, {
        file: input.file,
        fields: { kind: input.kind },
        idempotencyKey,
        onProgress: setPercent,
        isWrite: false,
      }),
    onDone: (draft, input) => props.onDone(input.kind, input.file, draft),
  })
  const faults: FormFault[] =
    attempts === 0
      ? []
      : [
          ...(kind ? [] : [{ fieldId: `${id}-kind`, message: t('wizard.sample.kindMissing') }]),
          ...(file ? [] : [{ fieldId: `${id}-file`, message: t('wizard.sample.fileMissing') }]),
        ]
  const faultOf = (name: string) => faults.find(({ fieldId }) => fieldId === `${id}-${name}`)?.message
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setAttempts(attempts + 1)
    if (!kind || !file) return
    setPercent(0)
    read.mutate({ kind, file })
  }
  return (
    <form className="exchange-form" onSubmit={submit} noValidate>
      <ErrorSummary key={attempts} faults={faults} />
      {read.error && <ErrorState error={read.error} takesFocus />}
      {props.isKindFixed && kind ? (
        <p>{names.kind(kind)}</p>
      ) : (
        <SelectField
          id={`${id}-kind`}
          label={t('wizard.sample.kind')}
          hint={t('wizard.sample.kindHint')}
          value={kind}
          onChange={(value) => setKind(value && isFeedKind(value) ? value : undefined)}
          error={faultOf('kind')}
          options={names.kindOptions}
        />
      )}
      <div id={`${id}-file`} tabIndex={-1}>
        <FileDrop
          label={t('wizard.sample.file')}
          hint={t('wizard.sample.fileHint')}
          endings={endings}
          maxBytes={sampleMiB * 1024 * 1024}
          files={files}
          onFiles={setFiles}
          isDisabled={read.isPending}
          error={faultOf('file')}
        />
      </div>
      <div className="exchange-form-foot">
        <Button type="primary" htmlType="submit" loading={read.isPending}>
          {read.isPending ? t('wizard.sample.reading', { percent }) : t('wizard.sample.submit')}
        </Button>
      </div>
    </form>
  )
}
