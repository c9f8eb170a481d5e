import { Button } from 'antd'
import { useState } from 'react'
import { callRoute } from '#access/web'
import { type Column, DataTable, EmptyState, ErrorState, Facts, Section, useTexts, useWrite } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import type { VersionChange } from './change.ts'
import { type IndicatorTrial, runIndicatorTrial } from './contract.ts'
import { indicatorTexts } from './texts.ts'

/** A trial of a version on the facts of the last scan, run when asked for. */
export const TrialSection = ({ change }: { readonly change: VersionChange }) => {
  const { t } = useTexts(indicatorTexts)
  const [triedChange, setTriedChange] = useState<VersionChange>()
  const trial = useWrite({
    write: (tried: VersionChange) => callRoute(runIndicatorTrial, { body: tried, onlyReads: true }),
    onDone: (_, tried) => setTriedChange(tried),
  })
  const reply = triedChange === change ? trial.data : undefined
  return (
    <Section title={t('trial.title')}>
      <p>{t('trial.lead')}</p>
      <div className="policy-actions">
        <Button loading={trial.isPending} onClick={() => trial.mutate(change)}>
          {t('trial.run')}
        </Button>
      </div>
      {trial.error && <ErrorState error={trial.error} takesFocus />}
      <div role="status">
        {reply &&
          (reply.trial ? (
            <TrialView trial={reply.trial} />
          ) : (
            <EmptyState icon="list" title={t('trial.none')}>
              {t('trial.noneBody')}
            </EmptyState>
          ))}
      </div>
    </Section>
  )
}

const figures = ['subjects', 'before', 'after', 'newly', 'noLonger', 'open'] as const

const TrialView = ({ trial }: { readonly trial: IndicatorTrial }) => {
  const { t } = useTexts(indicatorTexts)
  const pick = usePick()
  const columns = useCountyColumns()
  return (
    <>
      <p className="dd-quiet">{t('trial.on', { on: trial.on })}</p>
      <Facts
        items={figures.map((name) => ({
          label: t(`trial.${name}`),
          value: t('trial.count', { count: trial[name] }),
        }))}
      />
      {trial.counties.length > 0 && (
        <DataTable
          caption={t('trial.caption')}
          columns={columns}
          rows={trial.counties}
          rowKey={({ code }) => code}
          rowLabel={({ name }) => name}
          empty={null}
        />
      )}
      {trial.examples.length > 0 && (
        <>
          <h3>{t('trial.examples')}</h3>
          <ul>
            {trial.examples.map(({ kind, place, sentence }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity and never change their order.
              <li key={index}>
                <strong>{t(`trial.${kind}`)}</strong> {place} {pick(sentence)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const useCountyColumns = (): readonly Column<IndicatorTrial['counties'][number]>[] => {
  const { t } = useTexts(indicatorTexts)
  return [
    { id: 'name', title: t('trial.county'), isMain: true, cell: ({ name }) => name },
    ...(['before', 'after', 'newly', 'noLonger'] as const).map((name) => ({
      id: name,
      title: t(`trial.${name}`),
      align: 'end' as const,
      cell: (row: IndicatorTrial['counties'][number]) => row[name],
    })),
  ]
}
