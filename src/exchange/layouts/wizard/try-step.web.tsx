import { Button } from 'antd'
import { useId, useState } from 'react'
import { uploadTo } from '#access/web'
import { ErrorState, ErrorSummary, SelectField, useTexts, useWrite } from '#ui/web'
import { useNames } from '../../names/names.web.ts'
import { type TryReport, tryLayout } from '../contract.ts'
import { definitionOf, fieldOf, learnCodes, type Mapping } from '../mapping.ts'
import { layoutTexts } from '../texts.ts'
import { TryAccepted, TryRejects } from './try-rows.web.tsx'
import type { Work } from './wizard.web.tsx'

interface TryStepProps {
  readonly work: Work
  readonly onReport: (mapping: Mapping, report: TryReport) => void
  readonly onBack: () => void
  readonly onNext: () => void
}

/** Reads the sample by the layout that was made and shows what would come of it. */
export const TryStep = ({ work, onReport, onBack, onNext }: TryStepProps) => {
  const { t } = useTexts(layoutTexts)
  const id = useId()
  const [attempts, setAttempts] = useState(0)
  const [percent, setPercent] = useState(0)
  const trial = useTrial(work, setPercent, onReport)
  const { report } = work
  const isMissing = attempts > 0 && !report
  const next = () => {
    setAttempts(attempts + 1)
    if (report) onNext()
  }
  const runText = report ? t('wizard.try.again') : t('wizard.try.run')
  return (
    <>
      {isMissing && (
        <ErrorSummary key={attempts} faults={[{ fieldId: id, message: t('wizard.try.notTried') }]} />
      )}
      <p>{t('wizard.try.intro')}</p>
      {trial.error && <ErrorState error={trial.error} takesFocus />}
      <div className="exchange-buttons">
        <Button
          id={id}
          type={report ? 'default' : 'primary'}
          loading={trial.isPending}
          onClick={() => trial.mutate(work.mapping)}
        >
          {trial.isPending ? t('wizard.try.running', { percent }) : runText}
        </Button>
      </div>
      <div role="status">{report && <Summary report={report} />}</div>
      {report && report.unknownCodes.length > 0 && (
        <UnknownCodes
          key={JSON.stringify(report.unknownCodes)}
          mapping={work.mapping}
          report={report}
          onLearn={(mapping) => trial.mutate(mapping)}
          isBusy={trial.isPending}
        />
      )}
      {report && <TryRejects rejects={report.rejects} />}
      {report && <TryAccepted kind={work.kind} accepted={report.accepted} />}
      <div className="exchange-form-foot">
        <Button onClick={onBack}>{t('wizard.back')}</Button>
        <Button type={report ? 'primary' : 'default'} disabled={report?.rowsAccepted === 0} onClick={next}>
          {t('wizard.next')}
        </Button>
      </div>
    </>
  )
}

const useTrial = (work: Work, onProgress: (percent: number) => void, onReport: TryStepProps['onReport']) => {
  const names = useNames()
  const { base } = work.mapping
  const name = names.kind(work.kind)
  const naming = { id: base?.id ?? work.draft.proposedId, title: base?.title ?? { zh: name, en: name } }
  return useWrite({
    write: (mapping: Mapping) =>
      uploadTo(tryLayout, {
        file: work.file,
        fields: { definition: JSON.stringify(definitionOf(mapping, naming)) },
        onProgress,
        isWrite: false,
      }),
    onDone: (report, mapping) => onReport(mapping, report),
  })
}

const Summary = ({ report }: { readonly report: TryReport }) => {
  const { t } = useTexts(layoutTexts)
  const { rowsIn, rowsAccepted, rowsRejected, more } = report
  return (
    <>
      <p className="feed-equation">
        {t('wizard.try.equation', { rowsIn, accepted: rowsAccepted, rejected: rowsRejected })}
      </p>
      {more && <p className="dd-quiet">{t('wizard.try.more')}</p>}
      <p className={rowsRejected === 0 ? 'layout-good' : undefined}>
        {rowsAccepted === 0
          ? t('wizard.try.none')
          : rowsRejected === 0
            ? t('wizard.try.allGood')
            : t('wizard.try.someBad')}
      </p>
    </>
  )
}

interface UnknownCodesProps {
  readonly mapping: Mapping
  readonly report: TryReport
  readonly onLearn: (mapping: Mapping) => void
  readonly isBusy: boolean
}

/** Spellings the trial met and did not know: give them meanings here and try again. */
const UnknownCodes = ({ mapping, report, onLearn, isBusy }: UnknownCodesProps) => {
  const { t } = useTexts(layoutTexts)
  const [chosen, setChosen] = useState<Readonly<Record<string, Readonly<Record<string, string>>>>>({})
  const choose = (column: string, text: string, meaning: string | undefined) => {
    const { [text]: _, ...rest } = chosen[column] ?? {}
    setChosen({ ...chosen, [column]: meaning === undefined ? rest : { ...rest, [text]: meaning } })
  }
  const learn = () =>
    onLearn(
      Object.entries(chosen).reduce(
        (learnt, [column, meanings]) => learnCodes(learnt, column, meanings),
        mapping,
      ),
    )
  return (
    <section className="feed-notice">
      <h2>{t('wizard.try.unknown')}</h2>
      <p>{t('wizard.try.unknownHint')}</p>
      {report.unknownCodes.map(({ column, values }) => (
        <fieldset key={column} className="layout-codes-frame">
          <legend>
            <strong>{column}</strong>
          </legend>
          <div className="layout-meanings">
            {values.map((text) => (
              <MeaningField
                key={text}
                mapping={mapping}
                column={column}
                text={text}
                value={chosen[column]?.[text]}
                onChange={(meaning) => choose(column, text, meaning)}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <Button
        type="primary"
        loading={isBusy}
        disabled={Object.values(chosen).every((meanings) => Object.keys(meanings).length === 0)}
        onClick={learn}
      >
        {t('wizard.try.learn')}
      </Button>
    </section>
  )
}

// As in the options: '' cannot stand beside a list's own empty choice.
const saysNothing = '-'

const MeaningField = (props: {
  readonly mapping: Mapping
  readonly column: string
  readonly text: string
  readonly value: string | undefined
  readonly onChange: (meaning: string | undefined) => void
}) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const { mapping, column, text, value, onChange } = props
  const { kind } = mapping
  const use = mapping.uses.find(
    ({ place, field }) =>
      mapping.headers[place] === column && ['code', 'flag'].includes(fieldOf(kind, field)?.type ?? ''),
  )
  const definition = use && fieldOf(kind, use.field)
  const options =
    definition?.type === 'flag'
      ? [
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]
      : [
          ...(definition?.codes ?? []).map(({ code }) => ({
            value: code,
            label: names.code(kind, use?.field ?? '', code),
          })),
          { value: saysNothing, label: t('nothing') },
        ]
  return (
    <SelectField
      label={t('wizard.try.meaningOf', { text })}
      emptyLabel={t('wizard.try.chooseMeaning')}
      value={value === '' ? saysNothing : value}
      onChange={(meaning) => onChange(meaning === saysNothing ? '' : meaning)}
      options={options}
    />
  )
}
