import { Link } from 'react-router'
import { Section, SelectField, TextAreaField, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import type { EditorPart } from './edit.web.tsx'
import { indicatorTexts } from './texts.ts'

/** The condition and its named values, with everything they may name offered beside it. */
export const ConditionSection = (part: EditorPart) => {
  const { id, draft, errorOf, onEdit } = part
  const { t } = useTexts(indicatorTexts)
  const setValue = (name: string, text: string) =>
    onEdit({ values: draft.values.map((one) => (one.name === name ? { name, text } : one)) })
  return (
    <Section title={t('edit.condition')}>
      <div className="indicator-condition">
        <TextAreaField
          id={`${id}-when`}
          label={t('edit.when')}
          hint={t('edit.whenHint')}
          value={draft.when}
          error={errorOf('when')}
          onChange={(when) => onEdit({ when })}
          input={{ rows: 7, maxLength: 4000, spellCheck: false }}
        />
        {draft.values.map(({ name, text }) => (
          <TextAreaField
            key={name}
            id={`${id}-values-${name}`}
            label={t('edit.value', { name })}
            value={text}
            error={errorOf('values', name)}
            onChange={(next) => setValue(name, next)}
            input={{ rows: 3, maxLength: 2000, spellCheck: false }}
          />
        ))}
        <div className="policy-form">
          <Insertions {...part} />
        </div>
        <ParametersUsed {...part} />
      </div>
    </Section>
  )
}

const Insertions = ({ basis, draft, onEdit }: EditorPart) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const insert = (text: string | undefined) => {
    if (text) onEdit({ when: `${draft.when.trimEnd()} ${text}`.trimStart() })
  }
  const whose = { self: basis.entity, member: basis.member ?? basis.entity }
  return (
    <>
      <SelectField
        label={t('edit.fact')}
        hint={t('edit.factHint')}
        value={undefined}
        onChange={insert}
        options={basis.facts.map(({ name, label, of }) => ({
          value: of === 'self' ? name : `m.${name}`,
          label: t('edit.member', { entity: pick(whose[of]), label: pick(label) }),
        }))}
      />
      <SelectField
        label={t('edit.parameter')}
        value={undefined}
        onChange={insert}
        options={basis.parameters.map(({ name, label }) => ({
          value: `parameters.${name}`,
          label: pick(label),
        }))}
      />
    </>
  )
}

const ParametersUsed = ({ basis, draft }: EditorPart) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const written = [draft.when, ...draft.values.map(({ text }) => text)].join('\n')
  const used = basis.parameters.filter(({ name }) => new RegExp(`parameters\\.${name}\\b`, 'u').test(written))
  if (used.length === 0) return null
  return (
    <div>
      <h3>{t('edit.parameters')}</h3>
      <p className="dd-quiet">{t('edit.parametersHint')}</p>
      <ul className="policy-list">
        {used.map(({ name, label, value }) => (
          <li key={name}>
            <Link to={`/policies/parameters/${name}`}>{pick(label)}</Link>
            <span>{value ? pick(value) : t('edit.open')}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
