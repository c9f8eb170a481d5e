import { Link, useParams } from 'react-router'
import { minuteText } from '#access/web'
import { type Fen, yuanTextOf } from '#base'
import { Facts, Icon, Loaded, Page, Section, useLanguage, usePermission, useTexts } from '#ui/web'
import type { SavedTrial } from './contract.ts'
import { ResultList, Summary } from './results.web.tsx'
import { placesIn, type TrialFact } from './subject.ts'
import { tryTexts } from './texts.ts'
import { useSavedTrial } from './try-queries.web.ts'
import './try.css'

/** One saved trial: what was sealed, and whether the same comes out by the same rules. */
export const SavedTrialPage = () => {
  const { t } = useTexts(tryTexts)
  const { id = '' } = useParams()
  const read = useSavedTrial(id)
  const { data } = read
  const mayTry = usePermission('rule.try')
  return (
    <Page
      title={t('saved.title')}
      breadcrumbs={[{ label: t('saved.back'), to: '/trials' }, { label: t('saved.title') }]}
      actions={
        data &&
        mayTry && (
          <Link className="dd-link-button" to={`/trials/new?trial=${id}`}>
            {t('saved.again')}
          </Link>
        )
      }
    >
      <Loaded of={read} lines={10}>
        {(data) => <SavedView trial={data} />}
      </Loaded>
    </Page>
  )
}

const replayKeys = { same: 'saved.same', differs: 'saved.differs', 'rules-lost': 'saved.rulesLost' } as const

const SavedView = ({ trial }: { readonly trial: SavedTrial }) => {
  const { t } = useTexts(tryTexts)
  return (
    <>
      <p className={trial.replay === 'same' ? 'try-same' : 'try-stale'}>
        <Icon name={trial.replay === 'same' ? 'check' : 'warning'} /> {t(replayKeys[trial.replay])}
      </p>
      {trial.rulesChanged && (
        <p className="try-stale">
          <Icon name="info" /> {t('saved.rulesChanged')}
        </p>
      )}
      <div className="try-columns">
        <div className="try-column">
          <Section title={t('results.title')}>
            <Summary results={trial.results} />
            <ResultList
              results={trial.results}
              answeredOf={({ programme, place }) => ({ programme, place, trialId: trial.id })}
            />
          </Section>
        </div>
        <div className="try-column">
          <About trial={trial} />
          <FrozenFacts trial={trial} />
        </div>
      </div>
    </>
  )
}

const About = ({ trial }: { readonly trial: SavedTrial }) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const { pack } = trial
  const title = pack.title[language === 'en' ? 'en' : 'zh']
  return (
    <Section title={t('saved.about')}>
      <Facts
        items={[
          { label: t('saved.on'), value: trial.on },
          { label: t('saved.place'), value: trial.place.name },
          { label: t('saved.pack'), value: t('pack', { title, version: pack.version }) },
          {
            label: t('saved.unsaid'),
            value: t(trial.unsaid === 'unknown' ? 'form.unsaidUnknown' : 'form.unsaidUsual'),
          },
          { label: t('saved.note'), value: trial.note },
          {
            label: t('saved.household'),
            value: trial.householdId && (
              <Link to={`/households/${trial.householdId}`}>{t('saved.openHousehold')}</Link>
            ),
          },
          { label: t('saved.by'), value: trial.savedBy },
          { label: t('saved.at'), value: minuteText(trial.savedAt) },
          { label: t('saved.packHash'), value: <code className="try-hash">{pack.hash}</code> },
          { label: t('saved.outcomeHash'), value: <code className="try-hash">{trial.outcomeHash}</code> },
        ]}
      />
    </Section>
  )
}

const FrozenFacts = ({ trial }: { readonly trial: SavedTrial }) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const key = language === 'en' ? 'en' : 'zh'
  const textOf = useFactText(trial)
  const subjects = placesIn(trial.household)
  const isEmpty = subjects.every(([, { facts }]) => Object.keys(facts).length === 0)
  return (
    <Section title={t('saved.facts')}>
      {isEmpty ? (
        <p>{t('saved.factsEmpty')}</p>
      ) : (
        subjects.map(([place, { label, facts }]) => {
          const entity = entityAt(trial, place)
          const number = place.match(/\d+(?=\]$)/u)?.[0] ?? ''
          return (
            <div key={place} className="try-frozen">
              <h3>{label || `${entity?.label[key] ?? ''} ${number}`.trim()}</h3>
              <Facts items={Object.entries(facts).map(([name, value]) => textOf(entity?.id, name, value))} />
            </div>
          )
        })
      )}
    </Section>
  )
}

const useFactText = ({ facts }: SavedTrial) => {
  const { t } = useTexts(tryTexts)
  const { language } = useLanguage()
  const key = language === 'en' ? 'en' : 'zh'
  return (entity: string | undefined, name: string, value: TrialFact) => {
    const fact = facts.find((one) => one.entity === entity && one.name === name)
    const text = (): string => {
      if (value === null) return t('form.absent')
      if (typeof value === 'boolean') return value ? t('form.yes') : t('form.no')
      if (typeof value === 'string')
        return fact?.codes.find(({ code }) => code === value)?.label[key] ?? value
      return fact?.unit === 'fen' ? `${yuanTextOf(value as Fen)} ${t('form.units.fen')}` : String(value)
    }
    return { label: fact?.label[key] ?? name, value: text() }
  }
}

type Entity = SavedTrial['entities'][number]

const entityAt = ({ entities }: SavedTrial, place: string): Entity | undefined =>
  [...place.matchAll(/(\w+)\[\d+\]/gu)].reduce<Entity | undefined>(
    (above, [, list]) => entities.find((one) => one.within === above?.id && one.list === list),
    entities[0],
  )
