import { newId } from '#base'
import type { Dictionary, DictionaryFact, EntityView } from './contract.ts'
import type { TrialFact, TrialSubject } from './subject.ts'

/** A subject while it is being typed in; the id tells it from its siblings when one is taken away. */
export interface Draft {
  readonly id: string
  readonly label: string
  readonly facts: Readonly<Record<string, TrialFact>>
  /** Facts that were asked for by hand, shown although they are not among the most used. */
  readonly added: readonly string[]
  readonly lists: Readonly<Record<string, readonly Draft[]>>
}

export const emptyDraft = (): Draft => ({ id: newId(), label: '', facts: {}, added: [], lists: {} })

/** A household with one member, to begin with. */
export const firstDraft = ({ entities }: Pick<Dictionary, 'entities'>): Draft => {
  const [root] = entities
  const list = entities.find(({ within }) => within === root?.id)?.list
  const draft = emptyDraft()
  return list ? { ...draft, lists: { [list]: [emptyDraft()] } } : draft
}

export const draftFrom = ({ label = '', facts, lists }: TrialSubject): Draft => ({
  ...emptyDraft(),
  label,
  facts,
  lists: Object.fromEntries(Object.entries(lists).map(([list, items]) => [list, items.map(draftFrom)])),
})

export const subjectFrom = ({ label, facts, lists }: Draft): TrialSubject => ({
  ...(label.trim() ? { label: label.trim() } : {}),
  facts,
  lists: Object.fromEntries(Object.entries(lists).map(([list, items]) => [list, items.map(subjectFrom)])),
})

/** The draft with one fact set; undefined makes it one that is still to be found out. */
export const withFact = (draft: Draft, name: string, value: TrialFact | undefined): Draft => {
  const { [name]: _, ...rest } = draft.facts
  return {
    ...draft,
    added: draft.added.includes(name) ? draft.added : [...draft.added, name],
    facts: value === undefined ? rest : { ...rest, [name]: value },
  }
}

const firstOf = { root: 6, item: 8 }

/** The facts of an entity that the form shows: the most used, those filled in, those asked for. */
export const shownFacts = (
  { facts, entities }: Pick<Dictionary, 'facts' | 'entities'>,
  entity: EntityView,
  draft: Draft,
): { readonly shown: readonly DictionaryFact[]; readonly others: readonly DictionaryFact[] } => {
  const own = facts.filter((fact) => fact.entity === entity.id)
  const most = entity.id === entities[0]?.id ? firstOf.root : firstOf.item
  const first = own
    .filter(({ uses }) => uses > 0)
    .sort((a, b) => b.uses - a.uses)
    .slice(0, most)
    .map(({ name }) => name)
  const isShown = ({ name }: DictionaryFact): boolean =>
    first.includes(name) || Object.hasOwn(draft.facts, name) || draft.added.includes(name)
  return { shown: own.filter(isShown), others: own.filter((fact) => !isShown(fact)) }
}

/** The entities that stand in lists of this one. */
export const listsOfEntity = (entities: readonly EntityView[], entity: string) =>
  entities.filter(({ within, list }) => within === entity && list !== null)
