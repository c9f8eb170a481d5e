import { Button } from 'antd'
import { DateField, Icon, RadioField, Section, SelectField, useConfirm, useLanguage, useTexts } from '#ui/web'
import type { Dictionary } from './contract.ts'
import { SubjectCard } from './subject-card.web.tsx'
import { tryTexts } from './texts.ts'
import type { TrialDraft } from './try.web.tsx'
import type { TrialInput } from './try-queries.web.ts'

interface TrialFormProps {
  readonly dictionary: Dictionary
  readonly draft: TrialDraft
  readonly isPending: boolean
  readonly onChange: (draft: TrialDraft) => void
  readonly onTry: () => void
  readonly onClear: () => void
}

/** Day, place and the household with everybody in it. */
export const TrialForm = ({ dictionary, draft, isPending, onChange, onTry, onClear }: TrialFormProps) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const confirm = useConfirm()
  const [root] = dictionary.entities
  const clear = async () => {
    const action = t('form.clear')
    const answer = await confirm({ title: t('form.clearTitle'), body: t('form.clearBody'), action })
    if (answer.confirmed) onClear()
  }
  return (
    <Section title={t('form.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onTry()
        }}
      >
        <WhenAndWhere {...{ dictionary, draft, onChange }} />
        {root && (
          <SubjectCard
            {...{ dictionary }}
            entity={root}
            draft={draft.household}
            onChange={(household) => onChange({ ...draft, household })}
            title={root.label[language === 'en' ? 'en' : 'zh']}
            level={3}
          />
        )}
        <div className="try-actions">
          <Button onClick={() => void clear()}>{t('form.clear')}</Button>
          <Button type="primary" htmlType="submit" loading={isPending} icon={<Icon name="check" />}>
            {isPending ? t('form.trying') : t('form.try')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

const WhenAndWhere = ({
  dictionary,
  draft,
  onChange,
}: Pick<TrialFormProps, 'dictionary' | 'draft' | 'onChange'>) => {
  const { t } = useTexts(tryTexts)
  const { own, places } = dictionary
  const known = [own, ...places]
  const all = known.some(({ code }) => code === draft.region.code) ? known : [draft.region, ...known]
  return (
    <div className="try-facts">
      <SelectField
        label={t('form.region')}
        value={draft.region.code}
        onChange={(code) => onChange({ ...draft, region: all.find((one) => one.code === code) ?? own })}
        options={all.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <DateField
        label={t('form.on')}
        error={draft.on === undefined ? t('form.needDate') : undefined}
        value={draft.on}
        onChange={(on) => onChange({ ...draft, on })}
      />
      <RadioField<TrialInput['unsaid']>
        label={t('form.unsaid')}
        value={draft.unsaid}
        onChange={(unsaid) => onChange({ ...draft, unsaid })}
        options={[
          { value: 'unknown', label: t('form.unsaidUnknown'), hint: t('form.unsaidUnknownHint') },
          { value: 'usual', label: t('form.unsaidUsual'), hint: t('form.unsaidUsualHint') },
        ]}
      />
    </div>
  )
}
