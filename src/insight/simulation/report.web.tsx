import { minuteText } from '#access/web'
import { parseInstant } from '#base'
import { countText } from '#ui'
import { type Column, DataTable, Facts, InstantText, Section, StatusTag, useTexts } from '#ui/web'
import type { SimulationResult } from './contract.ts'
import { headlineOf } from './figures.ts'
import { CsvButton, usePick } from './parts.web.tsx'
import { reportCsv, type TableId } from './report-csv.ts'
import { simulationTexts } from './texts.ts'

interface ReportProps {
  readonly result: SimulationResult
  /** What the report is called in the names of saved files. */
  readonly name: string
}

/** A button that saves one of the report's tables. */
export const ReportCsv = ({ result, name, id }: ReportProps & { readonly id: TableId }) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  return <CsvButton title={t(`${id}.title`)} of={name} text={() => reportCsv(t, pick, result, id)} />
}

/** What comes out in sentences, and what it was computed from. */
export const Headline = ({ result }: { readonly result: SimulationResult }) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const [first, ...rest] = headlineOf(t, pick, result)
  const { snapshot, region, question } = result
  return (
    <Section title={t('headline.title')}>
      <p className="simulation-first">{first}</p>
      <ul className="simulation-sentences">
        {rest.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="dd-quiet">
        {t('headline.basis', {
          at: minuteText(snapshot.takenAt),
          region: region.name,
          households: countText(snapshot.households),
          persons: countText(snapshot.persons),
          on: question.on,
        })}
      </p>
    </Section>
  )
}

type Change = SimulationResult['changes'][number]

/** What was changed: before and after. */
export const ChangesSection = ({ result }: { readonly result: SimulationResult }) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const columns: readonly Column<Change>[] = [
    { id: 'what', title: t('changes.what'), isMain: true, cell: ({ label }) => pick(label) },
    {
      id: 'place',
      title: t('changes.place'),
      cell: ({ place }) => place?.name ?? t('form.whole'),
    },
    {
      id: 'before',
      title: t('changes.before'),
      cell: ({ before }) => <span className="simulation-text">{before ? pick(before) : t('open')}</span>,
    },
    {
      id: 'after',
      title: t('changes.after'),
      cell: ({ after }) => <strong className="simulation-text">{pick(after)}</strong>,
    },
  ]
  return (
    <Section title={t('changes.title')}>
      <DataTable
        caption={t('changes.caption')}
        columns={columns}
        rows={result.changes}
        rowKey={({ label, place }) => `${label.zh} ${place?.code ?? ''}`}
        rowLabel={({ label }) => pick(label)}
      />
    </Section>
  )
}

type Missing = SimulationResult['missing'][number]

/** What the registry lacks where nothing can be said, and which assumptions were not taken. */
export const MissingSection = ({ result, name }: ReportProps) => {
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { missing, assumptions } = result
  const off = assumptions.filter(({ isOn }) => !isOn).map((one) => pick(one.name))
  const columns: readonly Column<Missing>[] = [
    { id: 'fact', title: t('missing.fact'), isMain: true, cell: ({ label }) => pick(label) },
    {
      id: 'households',
      title: t('missing.households'),
      align: 'end',
      width: '10em',
      cell: ({ households }) => countText(households),
    },
  ]
  return (
    <Section
      title={t('missing.title')}
      actions={missing.length > 0 && <ReportCsv result={result} name={name} id="missing" />}
    >
      {missing.length === 0 ? (
        <p>{t('missing.none')}</p>
      ) : (
        <>
          <p>{t('missing.lead')}</p>
          <DataTable
            caption={t('missing.caption')}
            columns={columns}
            rows={missing}
            rowKey={({ name: fact }) => fact}
            rowLabel={({ label }) => pick(label)}
          />
          {off.length > 0 && <p>{t('missing.off', { list: off.join(t('joiner')) })}</p>}
        </>
      )}
    </Section>
  )
}

/** Rules, snapshot and assumptions of a report, with the hashes by which it is found again. */
export const AboutSection = (props: { readonly result: SimulationResult; readonly resultHash?: string }) => {
  const { result, resultHash } = props
  const { t } = useTexts(simulationTexts)
  const pick = usePick()
  const { pack, snapshot, region, question, assumptions } = result
  const takenAt = parseInstant(snapshot.takenAt)
  const hash = (text: string) => <code className="simulation-hash">{text}</code>
  return (
    <Section title={t('about.title')}>
      <Facts
        items={[
          { label: t('about.region'), value: region.name },
          { label: t('about.on'), value: question.on },
          {
            label: t('about.scope'),
            value: t('programmes.people', {
              households: snapshot.households,
              persons: snapshot.persons,
            }),
          },
          { label: t('about.takenAt'), value: takenAt && <InstantText at={takenAt} /> },
          {
            label: t('about.pack'),
            value: t('about.packOf', { title: pick(pack.title), version: pack.version }),
          },
          { label: t('about.packHash'), value: hash(pack.hash) },
          { label: t('about.snapshotHash'), value: hash(snapshot.hash) },
          ...(resultHash ? [{ label: t('about.resultHash'), value: hash(resultHash) }] : []),
        ]}
      />
      <h3>{t('about.assumptions')}</h3>
      <ul className="simulation-assumed">
        {assumptions.map(({ id, name, says, isOn }) => (
          <li key={id}>
            <StatusTag tone={isOn ? 'primary' : 'neutral'}>
              {t(isOn ? 'about.isOn' : 'about.isOff')}
            </StatusTag>
            <strong>{pick(name)}</strong>
            <span>{pick(says)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
