import { useMemo } from 'react'
import { dateFrom } from '#access/web'
import { type Column, DateText, GradeBadge, useTexts } from '#ui/web'
import { AlertMarks, DueCell, HolderCell, OwnerCell, PersonCell } from './alert-cells.web.tsx'
import type { AlertRow } from './contract.ts'
import { alertTexts } from './texts.ts'

const leftOutBesidePanel = new Set(['owner', 'raisedOn', 'holder'])

/** The columns of the desk; beside an open panel only those that tell the rows apart. */
export const useDeskColumns = (isBesidePanel: boolean): readonly Column<AlertRow>[] => {
  const { t } = useTexts(alertTexts)
  return useMemo(() => {
    const columns: Column<AlertRow>[] = [
      {
        id: 'grade',
        title: t('columns.grade'),
        width: '6.5em',
        onCard: 'head',
        cell: (row) => <GradeBadge grade={row.grade} />,
      },
      {
        id: 'person',
        title: t('columns.person'),
        width: '15em',
        cell: (row) => <PersonCell row={row} />,
      },
      {
        id: 'what',
        title: t('columns.what'),
        isMain: true,
        cell: (row) => (
          <>
            {row.summary} <AlertMarks row={row} />
          </>
        ),
      },
      {
        id: 'owner',
        title: t('columns.owner'),
        width: '9em',
        isOptional: true,
        showFrom: 'wide',
        cell: (row) => <OwnerCell row={row} />,
      },
      {
        id: 'raisedOn',
        title: t('columns.raisedOn'),
        width: '7em',
        isOptional: true,
        showFrom: 'wide',
        cell: (row) => <DateText date={dateFrom(row.raisedOn)} />,
      },
      { id: 'due', title: t('columns.due'), width: '10.5em', cell: (row) => <DueCell row={row} /> },
      {
        id: 'holder',
        title: t('columns.holder'),
        width: '10em',
        isOptional: true,
        cell: (row) => <HolderCell row={row} />,
      },
    ]
    return isBesidePanel ? columns.filter(({ id }) => !leftOutBesidePanel.has(id)) : columns
  }, [t, isBesidePanel])
}
