import { useId, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { BusinessDate } from '#base'
import { ApiProblem } from '#ui'
import { type FormFault, Loaded, Page, useLanguage, useSession, useTexts } from '#ui/web'
import type { Dictionary } from './contract.ts'
import { type Draft, draftFrom, firstDraft, subjectFrom } from './draft.ts'
import { HouseholdPicker } from './household-picker.web.tsx'
import { Results } from './results.web.tsx'
import { SavedTrialLoader, type Taken, TakenLoader } from './taken.web.tsx'
import { tryTexts } from './texts.ts'
import { TrialForm } from './trial-form.web.tsx'
import { type TrialInput, useDictionary, useJudging } from './try-queries.web.ts'
import { useValueFaults, ValuesFold } from './values.web.tsx'
import { noValues, readValues, type ValuesDraft } from './values-draft.ts'
import './try.css'

/** Everything about one trial while it is being made. */
export interface TrialDraft {
  readonly household: Draft
  readonly region: { readonly code: string; readonly name: string }
  readonly on: BusinessDate | undefined
  readonly unsaid: TrialInput['unsaid']
  /** The registered household the facts came from. */
  readonly householdId?: string | undefined
  /** Values of parameters for this trial alone. */
  readonly values: ValuesDraft
}

/** Try a household against the rules: facts on one side, what every programme says on the other. */
export const TryPage = () => {
  const { t } = useTexts(tryTexts)
  const dictionary = useDictionary()
  const help = (
    <>
      <p>{t('help.how')}</p>
      <p>{t('help.save')}</p>
      <p>{t('help.who')}</p>
    </>
  )
  return (
    <Page
      title={t('newTitle')}
      lead={t('lead')}
      help={help}
      breadcrumbs={[{ label: t('title'), to: '/trials' }, { label: t('newTitle') }]}
    >
      <Loaded of={dictionary} lines={12}>
        {(data) => <Trial dictionary={data} />}
      </Loaded>
    </Page>
  )
}

const Trial = ({ dictionary }: { readonly dictionary: Dictionary }) => {
  const { businessDate } = useSession()
  const [address] = useSearchParams()
  const [draft, setDraft] = useState<TrialDraft>(() => ({
    household: firstDraft(dictionary),
    region: dictionary.own,
    on: businessDate,
    unsaid: 'unknown',
    values: noValues,
  }))
  // Fields keep what is being typed; another household makes new ones.
  const [edition, setEdition] = useState(0)
  const judging = useJudging()
  const id = useId()
  const faultsOf = useValueFaults(id)
  const [faults, setFaults] = useState<readonly FormFault[]>([])
  const read = readValues(dictionary.parameters, draft.values)
  const input = read.faults ? undefined : inputOf(draft, read.values)
  const { file } = draft.values
  const isSameFile = file !== undefined && judging.variables?.values?.file?.text === file.text
  const ask = () => {
    setFaults(faultsOf(read.faults ?? []))
    if (input) judging.mutate(input)
  }
  const replace = (next: TrialDraft) => {
    setDraft(next)
    setEdition(edition + 1)
    setFaults([])
    judging.reset()
  }
  const take = ({ household, ...rest }: Taken) =>
    replace({ ...draft, ...rest, household: draftFrom(household) })
  const trialId = address.get('trial')
  const householdId = address.get('household')
  return (
    <>
      <PackLine dictionary={dictionary} />
      {trialId && <SavedTrialLoader id={trialId} onTaken={take} />}
      {householdId && <TakenLoader id={householdId} on={businessDate} onTaken={take} />}
      <div className="try-columns">
        <div className="try-column">
          <HouseholdPicker on={draft.on ?? businessDate} onTaken={take} />
          <ValuesFold
            {...{ id, faults }}
            parameters={dictionary.parameters}
            draft={draft.values}
            fileError={isSameFile ? refusedValue(judging.error) : undefined}
            onChange={(values) => setDraft({ ...draft, values })}
          />
          <TrialForm
            key={edition}
            {...{ dictionary, draft }}
            isPending={judging.isPending}
            onChange={setDraft}
            onTry={ask}
            onClear={() =>
              replace({
                ...draft,
                household: firstDraft(dictionary),
                householdId: undefined,
                values: noValues,
              })
            }
          />
        </div>
        <div className="try-column">
          <Results
            judging={judging}
            isStale={
              judging.variables !== undefined && JSON.stringify(judging.variables) !== JSON.stringify(input)
            }
            place={draft.region.name}
            householdId={draft.householdId}
          />
        </div>
      </div>
    </>
  )
}

const inputOf = (
  { household, region, on, unsaid }: TrialDraft,
  values: TrialInput['values'],
): TrialInput | undefined =>
  on === undefined
    ? undefined
    : {
        ...{ on, region: region.code, unsaid, household: subjectFrom(household) },
        ...(values ? { values } : {}),
      }

// What is typed was looked at before it was sent: what the server refuses then stands in the file.
const refusedValue = (error: unknown): string | undefined =>
  error instanceof ApiProblem && error.problem.code === 'rulebook.strange-value'
    ? error.problem.detail
    : undefined

const PackLine = ({ dictionary: { pack } }: { readonly dictionary: Dictionary }) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const title = pack.title[language === 'en' ? 'en' : 'zh']
  return (
    <p className={pack.isDemo ? 'try-demo' : 'dd-quiet'}>
      {pack.isDemo ? t('demoPack', { title }) : t('pack', { title, version: pack.version })}
    </p>
  )
}
