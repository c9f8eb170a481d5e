import { Button } from 'antd'
import { useId } from 'react'
import { Icon, SelectField, TextField, useConfirm, useLanguage, useTexts, useToast } from '#ui/web'
import type { Dictionary, EntityView } from './contract.ts'
import { type Draft, emptyDraft, listsOfEntity, shownFacts, withFact } from './draft.ts'
import { FactField } from './fact-field.web.tsx'
import { tryTexts } from './texts.ts'

interface SubjectCardProps {
  readonly dictionary: Dictionary
  readonly entity: EntityView
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  /** Of a member, a supporter …: what it is called while it has no name. */
  readonly title: string
  /** Which heading it has. */
  readonly level: 3 | 4 | 5
  readonly onRemove?: () => void
}

const nextLevel = (level: 3 | 4 | 5): 3 | 4 | 5 => (level === 3 ? 4 : 5)

/** One subject with its facts, and under it whatever stands in its lists. */
export const SubjectCard = (props: SubjectCardProps) => {
  const { t } = useTexts(tryTexts)
  const { dictionary, entity, draft, onChange, title, level, onRemove } = props
  const id = useId()
  const Heading = `h${level}` as const
  const who = draft.label.trim() || title
  return (
    <section className="try-subject" aria-labelledby={id}>
      <div className="try-subject-head">
        <Heading id={id}>{who}</Heading>
        {onRemove && (
          <Button
            type="text"
            aria-label={t('form.remove', { who })}
            icon={<Icon name="close" />}
            onClick={onRemove}
          />
        )}
      </div>
      <div className="try-facts">
        {entity.list !== null && (
          <TextField
            label={t('form.name')}
            hint={t('form.nameHint')}
            isOptional
            value={draft.label}
            onChange={(label) => onChange({ ...draft, label })}
            input={{ maxLength: 40, autoComplete: 'off' }}
          />
        )}
        <FactFields {...{ dictionary, entity, draft, onChange }} />
      </div>
      {listsOfEntity(dictionary.entities, entity.id).map((item) => (
        <SubjectList key={item.id} {...{ dictionary, item, draft, onChange }} level={nextLevel(level)} />
      ))}
    </section>
  )
}

const FactFields = (props: Pick<SubjectCardProps, 'dictionary' | 'entity' | 'draft' | 'onChange'>) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const { dictionary, entity, draft, onChange } = props
  const key = language === 'en' ? 'en' : 'zh'
  const { shown, others } = shownFacts(dictionary, entity, draft)
  return (
    <>
      {shown.map((fact) => (
        <FactField
          key={fact.name}
          fact={fact}
          value={draft.facts[fact.name]}
          onChange={(value) => onChange(withFact(draft, fact.name, value))}
        />
      ))}
      {others.length > 0 && (
        <SelectField
          label={t('form.addFact')}
          emptyLabel={t('form.chooseFact')}
          value={undefined}
          onChange={(name) => name && onChange({ ...draft, added: [...draft.added, name] })}
          options={others.map(({ name, label }) => ({ value: name, label: label[key] }))}
        />
      )}
    </>
  )
}

interface SubjectListProps {
  readonly dictionary: Dictionary
  readonly item: EntityView
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly level: 3 | 4 | 5
}

const SubjectList = ({ dictionary, item, draft, onChange, level }: SubjectListProps) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const toast = useToast()
  const confirm = useConfirm()
  const list = item.list ?? ''
  const items = draft.lists[list] ?? []
  const entity = item.label[language === 'en' ? 'en' : 'zh']
  const put = (next: readonly Draft[]) => onChange({ ...draft, lists: { ...draft.lists, [list]: next } })
  const remove = async (one: Draft, who: string) => {
    if (Object.keys(one.facts).length > 0) {
      const action = t('form.remove', { who })
      const { confirmed } = await confirm({ title: action, body: t('form.clearBody'), action })
      if (!confirmed) return
    }
    put(items.filter(({ id }) => id !== one.id))
    toast({ text: t('form.removed', { who }) })
  }
  return (
    <div className="try-list">
      {items.map((one, index) => {
        const title = `${entity} ${index + 1}`
        return (
          <SubjectCard
            key={one.id}
            {...{ dictionary, level, title }}
            entity={item}
            draft={one}
            onChange={(next) => put(items.map((other) => (other.id === one.id ? next : other)))}
            onRemove={() => void remove(one, one.label.trim() || title)}
          />
        )
      })}
      {items.length < item.most ? (
        <Button onClick={() => put([...items, emptyDraft()])}>{t('form.add', { entity })}</Button>
      ) : (
        <p className="dd-quiet">{t('form.full', { count: item.most })}</p>
      )}
    </div>
  )
}
