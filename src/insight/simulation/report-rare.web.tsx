import { countText } from '#ui'
import { type Column, DataTable, Section, useTexts } from '#ui/web'
import type { SimulationResult } from './contract.ts'
import { rareRows, signedYuan, yuan } from './figures.ts'
import { ReportCsv } from './report.web.tsx'
import { simulationTexts } from './texts.ts'

type RareRow = ReturnType<typeof rareRows>[number]

/** What is paid by the year or once, apart from the months; nothing where no such programme is reached. */
export const RareSection = (props: { readonly result: SimulationResult; readonly name: string }) => {
  const { result, name } = props
  const { t } = useTexts(simulationTexts)
  const columns = useRareColumns()
  const rows = rareRows(result)
  if (rows.length === 0) return null
  return (
    <Section title={t('rare.title')} actions={<ReportCsv result={result} name={name} id="rare" />}>
      <p>{t('rare.lead')}</p>
      <DataTable
        caption={t('rare.caption')}
        columns={columns}
        rows={rows}
        rowKey={({ kind }) => kind}
        rowLabel={({ kind }) => t(`rare.${kind}`)}
      />
    </Section>
  )
}

const useRareColumns = (): readonly Column<RareRow>[] => {
  const { t } = useTexts(simulationTexts)
  const end = { align: 'end' } as const
  return [
    { id: 'kind', title: t('rare.kind'), isMain: true, cell: ({ kind }) => t(`rare.${kind}`) },
    { id: 'before', title: t('rare.before'), ...end, cell: ({ beforeFen }) => yuan(beforeFen) },
    { id: 'after', title: t('rare.after'), ...end, cell: ({ afterFen }) => yuan(afterFen) },
    {
      id: 'difference',
      title: t('rare.difference'),
      ...end,
      cell: ({ beforeFen, afterFen }) => signedYuan(afterFen - beforeFen),
    },
    ...(['gains', 'loses', 'unknown'] as const).map((id) => ({
      id,
      title: t(`rare.${id}`),
      ...end,
      cell: (row: RareRow) => countText(row[id]),
    })),
  ]
}
