import { Button } from 'antd'
import { useId } from 'react'
import type { ReplyOf } from '#access'
import { CheckField, DateField, ErrorSummary, Section, SelectField, useTexts } from '#ui/web'
import { ChangeFields, RuleFields } from './change-fields.web.tsx'
import { assumptionIds, type readSimulationChoices } from './contract.ts'
import { yuan } from './figures.ts'
import { usePick } from './parts.web.tsx'
import type { DraftFault, QuestionDraft } from './question-draft.ts'
import { simulationTexts } from './texts.ts'

export type Choices = ReplyOf<typeof readSimulationChoices>

interface QuestionFormProps {
  readonly draft: QuestionDraft
  readonly choices: Choices
  readonly faults: readonly DraftFault[]
  /** What the server found wrong, by field. */
  readonly refused: ReadonlyMap<string, string>
  readonly onEdit: (draft: QuestionDraft) => void
  readonly onRun: () => void
}

const mostChanges = 20
const mostRules = 5

/** What is wrong, in words. */
const useFaultText = () => {
  const { t } = useTexts(simulationTexts)
  return (fault: DraftFault): string => {
    if (fault.why !== 'range') return t(`form.faults.${fault.why}`)
    const said = (value: number) => (fault.unit === 'fen' ? yuan(value) : String(value))
    return t('form.faults.range', { low: said(fault.low), high: said(fault.high) })
  }
}

const nextKey = ({ changes, rules }: QuestionDraft): number =>
  1 + Math.max(0, ...[...changes, ...rules].map(({ key }) => key))

/** What is asked: day, region, months, changes and assumptions. */
export const QuestionForm = (props: QuestionFormProps) => {
  const { draft, choices, faults, refused, onEdit, onRun } = props
  const { t } = useTexts(simulationTexts)
  const id = useId()
  const textOf = useFaultText()
  const errorOf = (field: string) => {
    const fault = faults.find((one) => one.field === field)
    return fault ? textOf(fault) : refused.get(field)
  }
  return (
    <>
      <ErrorSummary
        faults={faults.map((fault) => ({ fieldId: `${id}-${fault.field}`, message: textOf(fault) }))}
      />
      <form
        className="dd-page-content"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onRun()
        }}
      >
        <Section title={t('form.question')}>
          <WhenAndWhere id={id} draft={draft} choices={choices} error={errorOf('on')} onEdit={onEdit} />
          <ChangeList id={id} draft={draft} choices={choices} errorOf={errorOf} onEdit={onEdit} />
          <RuleList id={id} draft={draft} choices={choices} errorOf={errorOf} onEdit={onEdit} />
        </Section>
        <AssumptionList draft={draft} choices={choices} onEdit={onEdit} />
        <div className="simulation-actions">
          <Button type="primary" htmlType="submit">
            {t('form.run')}
          </Button>
        </div>
      </form>
    </>
  )
}

interface PartProps {
  readonly id: string
  readonly draft: QuestionDraft
  readonly choices: Choices
  readonly onEdit: (draft: QuestionDraft) => void
}

const WhenAndWhere = (props: PartProps & { readonly error: string | undefined }) => {
  const { id, draft, choices, error, onEdit } = props
  const { t } = useTexts(simulationTexts)
  const places = [choices.region, ...choices.places]
  const known = new Map(places.map(({ code, name }) => [code, name]))
  return (
    <div className="simulation-form">
      <DateField
        id={`${id}-on`}
        label={t('form.on')}
        hint={t('form.onHint')}
        error={error}
        value={draft.on}
        onChange={(on) => onEdit({ ...draft, on })}
      />
      <SelectField
        label={t('form.region')}
        value={draft.region}
        onChange={(region) => onEdit({ ...draft, region: region ?? draft.region })}
        options={[...known].map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        label={t('form.months')}
        value={String(draft.months)}
        onChange={(months) => onEdit({ ...draft, months: Number(months ?? draft.months) })}
        options={Array.from({ length: 12 }, (_, index) => ({
          value: String(index + 1),
          label: t('form.monthCount', { months: index + 1 }),
        }))}
      />
    </div>
  )
}

type ListProps = PartProps & { readonly errorOf: (field: string) => string | undefined }

const ChangeList = ({ id, draft, choices, errorOf, onEdit }: ListProps) => {
  const { t } = useTexts(simulationTexts)
  const { changes } = draft
  const blank = { parameter: undefined, amountFen: undefined, typed: '', region: '' }
  return (
    <div className="simulation-part">
      <h3>{t('form.changes')}</h3>
      {changes.map((change, index) => (
        <ChangeFields
          key={change.key}
          id={id}
          number={index + 1}
          draft={change}
          choices={choices}
          errorOf={errorOf}
          onEdit={(next) =>
            onEdit({ ...draft, changes: changes.map((one) => (one === change ? next : one)) })
          }
          onRemove={() => onEdit({ ...draft, changes: changes.filter((one) => one !== change) })}
        />
      ))}
      {changes.length < mostChanges && (
        <div>
          <Button
            id={`${id}-add`}
            onClick={() => onEdit({ ...draft, changes: [...changes, { key: nextKey(draft), ...blank }] })}
          >
            {t('form.add')}
          </Button>
        </div>
      )}
    </div>
  )
}

const RuleList = ({ id, draft, choices, errorOf, onEdit }: ListProps) => {
  const { t } = useTexts(simulationTexts)
  const { rules } = draft
  const add = () =>
    onEdit({ ...draft, rules: [...rules, { key: nextKey(draft), rule: undefined, text: '' }] })
  if (choices.rules.length === 0) return null
  return (
    <div className="simulation-part">
      <h3>{t('form.rules')}</h3>
      <p className="dd-quiet">{t('form.rulesHint')}</p>
      {rules.map((rule, index) => (
        <RuleFields
          key={rule.key}
          id={id}
          number={index + 1}
          draft={rule}
          choices={choices}
          errorOf={errorOf}
          onEdit={(next) => onEdit({ ...draft, rules: rules.map((one) => (one === rule ? next : one)) })}
          onRemove={() => onEdit({ ...draft, rules: rules.filter((one) => one !== rule) })}
        />
      ))}
      {rules.length < mostRules && (
        <div>
          <Button onClick={add}>{t('form.addRule')}</Button>
        </div>
      )}
    </div>
  )
}

const AssumptionList = ({ draft, choices, onEdit }: Omit<PartProps, 'id'>) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { assumptions } = draft
  return (
    <Section title={t('form.assumptions')}>
      <p className="dd-quiet">{t('form.assumptionsHint')}</p>
      <div className="simulation-assumptions">
        {choices.assumptions.map(({ id, name, says }) => (
          <CheckField
            key={id}
            label={pick(name)}
            hint={pick(says)}
            checked={assumptions.includes(id)}
            onChange={(isOn) =>
              onEdit({
                ...draft,
                // One order, so that the same question is the same question.
                assumptions: assumptionIds.filter((one) => (one === id ? isOn : assumptions.includes(one))),
              })
            }
          />
        ))}
      </div>
    </Section>
  )
}
