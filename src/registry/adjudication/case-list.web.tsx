import { minuteText } from '#access/web'
import { feedKinds } from '#exchange'
import { type Column, StatusTag, useTexts } from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import { FeedRowList } from '../list/feed-row-list.web.tsx'
import { type CaseLine, listAdjudications } from './contract.ts'
import { adjudicationTexts } from './texts.ts'

/** The queue of rows that a person decides about, or what was decided. */
export const AdjudicationListPage = () => {
  const { t } = useTexts(adjudicationTexts)
  const { feedName, label } = useLabels()
  const columns = useCaseColumns()
  return (
    <FeedRowList<CaseLine>
      route={listAdjudications}
      words={{
        title: t('title'),
        lead: t('lead'),
        caption: t('caption'),
        done: t('filter.decided'),
        kind: t('filter.kind'),
        none: { title: t('none.title'), body: t('none.body'), filtered: t('none.filtered') },
      }}
      help={
        <>
          <p>{t('help.how')}</p>
          <p>{t('help.undo')}</p>
        </>
      }
      icon="check"
      done="decided"
      kinds={feedKinds}
      columns={columns}
      rowLabel={(one) =>
        `${one.name === null ? t('noName') : label('maskedName', one.name)} ${feedName(one.feedKind)}`
      }
      hrefOf={(one) => `/adjudications/${one.id}`}
    />
  )
}

const useCaseColumns = (): ((isDecided: boolean) => readonly Column<CaseLine>[]) => {
  const { t } = useTexts(adjudicationTexts)
  const { label, feedName } = useLabels()
  const time = (text: string | null) => text && <span className="dd-figures">{minuteText(text)}</span>
  const outcome: readonly Column<CaseLine>[] = [
    {
      id: 'status',
      title: t('column.status'),
      onCard: 'head',
      cell: (one) => <StatusTag tone="good">{label('caseStatus', one.status)}</StatusTag>,
    },
    { id: 'decided', title: t('column.decided'), cell: (one) => one.decidedBy },
  ]
  return (isDecided) => [
    {
      id: 'name',
      title: t('column.name'),
      isMain: true,
      width: '9em',
      cell: (one) => (one.name === null ? t('noName') : label('maskedName', one.name)),
    },
    { id: 'kind', title: t('column.kind'), cell: (one) => feedName(one.feedKind) },
    { id: 'place', title: t('column.place'), cell: (one) => one.place },
    { id: 'candidates', title: t('column.candidates'), align: 'end', cell: (one) => one.candidates },
    {
      id: 'score',
      title: t('column.score'),
      align: 'end',
      cell: (one) =>
        one.bestScore === null ? t('numberAgrees') : t('file.scoreOf', { score: String(one.bestScore) }),
    },
    ...(isDecided ? outcome : []),
    { id: 'asked', title: t('column.asked'), showFrom: 'wide', cell: (one) => time(one.createdAt) },
  ]
}
