import { minuteText } from '#access/web'
import { StatusTag, useTexts } from '#ui/web'
import { useLabels } from '../labels/labels.web.ts'
import type { StatementView } from './contract.ts'
import { fieldsSaid, splitByAge } from './saying.ts'
import { comparedTexts } from './texts.ts'

interface LineProps {
  readonly statement: StatementView
  /** Whom it speaks of, where that is not said by the place it stands in. */
  readonly who?: string | undefined
}

/** One statement: the department's file, what it says, for which days, from which row, received when. */
export const StatementLine = ({ statement, who }: LineProps) => {
  const { t } = useTexts(comparedTexts)
  const { short, feedName, label, join } = useLabels()
  const { source, feed, validFrom, validUntil, knownFrom } = statement
  const said = fieldsSaid(statement, short, { yes: t('yes'), no: t('no'), join })
  const known = t('known', { file: source.fileName ?? feedName(feed), at: minuteText(knownFrom) })
  return (
    <span className="registry-fact-line registry-statement">
      <StatusTag>{label('provenance', 'compared')}</StatusTag>
      <strong>{feedName(feed)}</strong>
      {who && <span>{who}</span>}
      <span>{join(said.map(({ field, value }) => t('saysOf', { field, value })))}</span>
      <span className="dd-quiet">
        {validUntil === null
          ? t('since', { from: validFrom })
          : t('between', { from: validFrom, until: validUntil })}
      </span>
      <span className="dd-quiet" title={known}>
        {t('source', { period: source.period ?? '', row: String(source.row) })}
        {source.receivedAt !== null && <> · {t('received', { date: minuteText(source.receivedAt) })}</>}
      </span>
      {statement.knownUntil !== null && <EndedMark statement={statement} />}
    </span>
  )
}

const EndedMark = ({ statement }: Pick<LineProps, 'statement'>) => {
  const { t } = useTexts(comparedTexts)
  return (
    <span className="dd-quiet">
      {t(statement.source.takenBack ? 'takenBack' : 'replaced')} ·{' '}
      {t('endedAt', { at: minuteText(statement.knownUntil ?? '') })}
    </span>
  )
}

interface ListProps {
  readonly statements: readonly StatementView[]
}

const mostOfKind = 2

/** All that departments say of one person: the newest of each kind, older ones and those no longer used behind a fold. */
export const StatementList = ({ statements }: ListProps) => {
  const { t } = useTexts(comparedTexts)
  if (statements.length === 0) return null
  const believed = statements.filter(({ knownUntil }) => knownUntil === null)
  const ended = statements.filter(({ knownUntil }) => knownUntil !== null)
  const { newest, older } = splitByAge(believed, mostOfKind)
  return (
    <div className="registry-statements">
      <h4>{t('departments')}</h4>
      <Lines statements={newest} />
      {older.length > 0 && (
        <details>
          <summary>{t('more', { count: String(older.length) })}</summary>
          <Lines statements={older} />
        </details>
      )}
      {ended.length > 0 && (
        <details>
          <summary>{t('ended', { count: String(ended.length) })}</summary>
          <Lines statements={ended} />
        </details>
      )}
    </div>
  )
}

const Lines = ({ statements }: ListProps) => (
  <ul className="registry-list">
    {statements.map((statement) => (
      <li key={statement.id}>
        <StatementLine statement={statement} />
      </li>
    ))}
  </ul>
)
