import { Button } from 'antd'
import { type Option, SelectField, TextField, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import type { EditedCase } from './change.ts'
import type { Basis, EditorFact } from './contract.ts'
import { firstValue, textOfValue, valueOfText } from './edit-draft.ts'
import { indicatorTexts } from './texts.ts'

type CaseFact = EditedCase['facts'][number]

interface CaseFactsProps {
  readonly basis: Basis
  readonly one: EditedCase
  readonly onEdit: (facts: CaseFact[]) => void
}

/** The facts of a case, one row each: whose, which, its value. */
export const CaseFacts = ({ basis, one, onEdit }: CaseFactsProps) => {
  const { t } = useTexts(indicatorTexts)
  const { facts } = one
  const of = one.members > 0 && basis.member ? 1 : 0
  const first = basis.facts.find((fact) => fact.of === (of === 0 ? 'self' : 'member'))
  return (
    <fieldset className="indicator-facts">
      <legend>{t('cases.facts')}</legend>
      <p className="dd-field-hint">{t('cases.factsHint')}</p>
      {facts.map((fact, index) => (
        <FactRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a fact of a case has no identity but its place.
          key={index}
          {...{ basis, one, fact }}
          onChange={(next) => onEdit(facts.map((it, at) => (at === index ? next : it)))}
          onRemove={() => onEdit(facts.filter((_, at) => at !== index))}
        />
      ))}
      {first && (
        <Button onClick={() => onEdit([...facts, { of, fact: first.name, value: firstValue(first) }])}>
          {t('cases.addFact')}
        </Button>
      )}
    </fieldset>
  )
}

interface FactRowProps {
  readonly basis: Basis
  readonly one: EditedCase
  readonly fact: CaseFact
  readonly onChange: (next: CaseFact) => void
  readonly onRemove: () => void
}

const FactRow = ({ basis, one, fact, onChange, onRemove }: FactRowProps) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const side = fact.of === 0 ? 'self' : 'member'
  const offered = basis.facts.filter(({ of }) => of === side)
  const known = offered.find(({ name }) => name === fact.fact)
  const label = known ? pick(known.label) : fact.fact
  const begin = (of: number, name: string | undefined) => {
    const next = basis.facts.find((it) => it.of === (of === 0 ? 'self' : 'member') && it.name === name)
    const first = next ?? basis.facts.find((it) => it.of === (of === 0 ? 'self' : 'member'))
    if (first) onChange({ of, fact: first.name, value: firstValue(first) })
  }
  return (
    <div className="indicator-fact">
      {one.members > 0 && (
        <SelectField
          label={t('cases.of')}
          value={String(fact.of)}
          onChange={(of) => of !== undefined && begin(Number(of), fact.fact)}
          options={Array.from({ length: one.members + 1 }, (_, of) => ({
            value: String(of),
            label: of === 0 ? t('cases.self') : t('cases.member', { number: String(of) }),
          }))}
        />
      )}
      <SelectField
        label={t('cases.fact')}
        value={fact.fact}
        onChange={(name) => name && begin(fact.of, name)}
        options={offered.map(({ name, label: said }) => ({ value: name, label: pick(said) }))}
      />
      <ValueField known={known} fact={fact} onChange={onChange} />
      <Button onClick={onRemove} aria-label={t('cases.removeFact', { label })}>
        ×
      </Button>
    </div>
  )
}

type ValueFieldProps = Pick<FactRowProps, 'fact' | 'onChange'> & { readonly known: EditorFact | undefined }

/** A choice where the fact has few values; else a text with "missing" and "none" offered beside it. */
const ValueField = ({ known, fact, onChange }: ValueFieldProps) => {
  const { t } = useTexts(indicatorTexts)
  const choices = useChoices(known)
  const set = (text: string) => onChange({ ...fact, value: valueOfText(known, text) })
  const text = textOfValue(fact)
  const isChoice = known?.type === 'code' || known?.type === 'boolean'
  const isSpecial = text === 'unknown' || text === 'null'
  return (
    <>
      {(isChoice || choices.length > 0) && (
        <SelectField
          label={t('cases.value')}
          value={isChoice || isSpecial ? text : 'written'}
          onChange={(next) => next !== undefined && set(next === 'written' ? '' : next)}
          options={isChoice ? choices : [{ value: 'written', label: t('cases.written') }, ...choices]}
        />
      )}
      {!isChoice && !isSpecial && (
        <TextField
          label={choices.length > 0 ? t('cases.writtenValue') : t('cases.value')}
          value={text}
          onChange={set}
          input={{ maxLength: 40, inputMode: known?.type === 'number' ? 'numeric' : 'text' }}
        />
      )}
    </>
  )
}

const useChoices = (known: EditorFact | undefined): readonly Option[] => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  if (!known) return []
  return [
    ...known.codes.map(({ code, label }) => ({ value: code, label: pick(label) })),
    ...(known.type === 'boolean'
      ? [
          { value: 'true', label: t('cases.yes') },
          { value: 'false', label: t('cases.no') },
        ]
      : []),
    ...(known.mayBeAbsent ? [{ value: 'null', label: t('cases.absent') }] : []),
    ...(known.mayBeUnknown ? [{ value: 'unknown', label: t('cases.missing') }] : []),
  ]
}
