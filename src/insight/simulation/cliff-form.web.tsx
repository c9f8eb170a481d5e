import { Button } from 'antd'
import { useId, useState } from 'react'
import { ErrorState, Icon, LoadingSkeleton, MoneyField, Section, SelectField, useTexts } from '#ui/web'
import { CliffView } from './cliff.web.tsx'
import type { SimulationQuestion, TypicalHousehold } from './contract.ts'
import { shortYuan } from './figures.ts'
import type { useDrawing } from './simulation-queries.web.ts'
import { simulationTexts } from './texts.ts'
import { firstTypical, readTypical, type TypicalDraft, type TypicalFault } from './typical-draft.ts'

interface CliffSectionProps {
  readonly question: SimulationQuestion
  readonly drawing: ReturnType<typeof useDrawing>
  readonly programmeName: (id: string) => string
  readonly name: string
}

/** Net position of a typical household: who it is, and the curve. */
export const CliffSection = ({ question, drawing, programmeName, name }: CliffSectionProps) => {
  const { t } = useTexts(simulationTexts)
  const [draft, setDraft] = useState<TypicalDraft>(firstTypical)
  const [fault, setFault] = useState<TypicalFault>()
  const { data, variables, error, isPending } = drawing
  const current = readTypical(draft).typical
  const isStale =
    variables !== undefined && JSON.stringify(variables) !== JSON.stringify({ question, typical: current })
  const run = () => {
    const read = readTypical(draft)
    setFault(read.fault)
    if (read.typical) drawing.mutate({ question, typical: read.typical })
  }
  return (
    <Section title={t('cliff.title')}>
      <p className="dd-quiet">{t('cliff.lead')}</p>
      <TypicalForm draft={draft} fault={fault} isPending={isPending} onEdit={setDraft} onRun={run} />
      {error ? (
        <ErrorState error={error} onRetry={run} takesFocus />
      ) : isPending ? (
        <LoadingSkeleton lines={6} />
      ) : (
        data &&
        variables && (
          <>
            {isStale && (
              <p className="simulation-stale">
                <Icon name="warning" /> {t('cliff.stale')}
              </p>
            )}
            <CliffView chart={data} typical={variables.typical} programmeName={programmeName} name={name} />
          </>
        )
      )}
    </Section>
  )
}

interface TypicalFormProps {
  readonly draft: TypicalDraft
  readonly fault: TypicalFault | undefined
  readonly isPending: boolean
  readonly onEdit: (draft: TypicalDraft) => void
  readonly onRun: () => void
}

const grades: readonly TypicalHousehold['disabilityGrade'][] = ['none', '1', '2', '3', '4']

const TypicalForm = ({ draft, fault, isPending, onEdit, onRun }: TypicalFormProps) => {
  const { t } = useTexts(simulationTexts)
  const id = useId()
  const people = (from: number, until: number) =>
    Array.from({ length: until - from + 1 }, (_, index) => ({
      value: String(from + index),
      label: t('cliff.people', { count: from + index }),
    }))
  const upToFault = fault?.field === 'upTo' ? t('cliff.faultUpTo') : undefined
  const stepFault =
    fault?.field === 'step'
      ? t('cliff.faultStep')
      : fault?.field === 'points'
        ? t('cliff.faultPoints', { least: shortYuan(fault.leastFen) })
        : undefined
  return (
    <form
      className="simulation-form dd-no-print"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onRun()
      }}
    >
      <SelectField
        label={t('cliff.residence')}
        value={draft.residence}
        onChange={(residence = 'urban') => onEdit({ ...draft, residence })}
        options={(['urban', 'rural'] as const).map((value) => ({ value, label: t(`cliff.${value}`) }))}
      />
      <SelectField
        label={t('cliff.adults')}
        value={String(draft.adults)}
        onChange={(adults) => onEdit({ ...draft, adults: Number(adults ?? 1) })}
        options={people(1, 6)}
      />
      <SelectField
        label={t('cliff.children')}
        value={String(draft.children)}
        onChange={(children) => onEdit({ ...draft, children: Number(children ?? 0) })}
        options={people(0, 6)}
      />
      <SelectField
        label={t('cliff.disability')}
        value={draft.disabilityGrade}
        onChange={(disabilityGrade = 'none') => onEdit({ ...draft, disabilityGrade })}
        options={grades.map((value) => ({
          value,
          label: value === 'none' ? t('cliff.noDisability') : t('cliff.grade', { grade: value }),
        }))}
      />
      <MoneyField
        id={`${id}-upTo`}
        label={t('cliff.upTo')}
        value={draft.upToFen}
        error={upToFault}
        onChange={(upToFen) => onEdit({ ...draft, upToFen })}
      />
      <MoneyField
        id={`${id}-step`}
        label={t('cliff.step')}
        value={draft.stepFen}
        error={stepFault}
        onChange={(stepFen) => onEdit({ ...draft, stepFen })}
      />
      <div className="simulation-actions">
        <Button htmlType="submit" loading={isPending}>
          {t('cliff.draw')}
        </Button>
      </div>
    </form>
  )
}
