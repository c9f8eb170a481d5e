import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ApiProblem, countText } from '#ui'
import {
  type Column,
  Count,
  DataTable,
  DueLight,
  EmptyState,
  ErrorState,
  GradeBadge,
  LoadingSkeleton,
  Page,
  Section,
  useKeysetList,
  useTexts,
} from '#ui/web'
import { consoleTexts } from '../texts.ts'
import { type HomeNumber, type HomePlace, type HomeTask, homeNumbers } from './contract.ts'
import { useHome } from './home-queries.web.ts'
import './home.css'

const isNumber = (value: string | null): value is HomeNumber => homeNumbers.includes(value as HomeNumber)

// Address of the first page with one filter changed and the other kept.
const homeHref = (due: HomeNumber | undefined, place: string | undefined): string => {
  const search = new URLSearchParams({ ...(place && { place }), ...(due && { due }) }).toString()
  return search ? `/?${search}` : '/'
}

/** What is to do: four numbers, the list with the overdue first, and the lower places. */
export const HomePage = () => {
  const { t } = useTexts(consoleTexts)
  const [search] = useSearchParams()
  const wanted = search.get('due')
  const due = isNumber(wanted) ? wanted : undefined
  const place = search.get('place') ?? undefined
  const help = (
    <>
      <p>{t('home.help')}</p>
      <p>{t('home.helpKeys')}</p>
      <p>{t('home.helpWho')}</p>
    </>
  )
  return (
    <Page title={t('home.title')} help={help}>
      <Numbers due={due} place={place} />
      <div className="home-columns">
        <Section title={due ? `${t('home.tasks')} · ${t(`home.${due}`)}` : t('home.tasks')}>
          <Tasks due={due} place={place} />
        </Section>
        <Section title={t('home.places')}>
          <Places due={due} place={place} />
        </Section>
      </div>
    </Page>
  )
}

interface Scope {
  readonly due: HomeNumber | undefined
  readonly place: string | undefined
}

const Numbers = ({ due, place }: Scope) => {
  const { t } = useTexts(consoleTexts)
  const { data } = useHome(place)
  return (
    <ul className="home-numbers" aria-label={t('home.numbers')}>
      {homeNumbers.map((name) => {
        const isChosen = due === name
        const count = data?.numbers[name]
        return (
          <li key={name}>
            <Link
              to={homeHref(isChosen ? undefined : name, place)}
              preventScrollReset
              aria-current={isChosen || undefined}
              data-alarm={name === 'overdue' && count ? true : undefined}
            >
              <span className="home-number">{count === undefined ? '–' : countText(count)}</span>
              <span>{t(`home.${name}`)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

const useTaskColumns = (): readonly Column<HomeTask>[] => {
  const { t } = useTexts(consoleTexts)
  return useMemo(
    () => [
      {
        id: 'grade',
        title: t('home.grade'),
        width: '5.5em',
        onCard: 'head',
        cell: (task) => task.grade && <GradeBadge grade={task.grade} />,
      },
      { id: 'title', title: t('home.task'), isMain: true, cell: (task) => task.title },
      { id: 'place', title: t('home.where'), width: '10em', cell: (task) => task.place },
      {
        id: 'due',
        title: t('home.due'),
        width: '17em',
        cell: (task) => <DueLight dueOn={task.dueOn} workdaysLeft={task.workdaysLeft} />,
      },
    ],
    [t],
  )
}

const isNotThereYet = (error: unknown): boolean => error instanceof ApiProblem && error.problem.status === 404

const Tasks = ({ due, place }: Scope) => {
  const { t } = useTexts(consoleTexts)
  const columns = useTaskColumns()
  const list = useKeysetList<HomeTask>({ path: '/api/v1/insight/tasks', query: { due, place } })
  const empty = due ? (
    <EmptyState
      icon="check"
      title={t('home.noTasksFiltered')}
      action={<Link to={homeHref(undefined, place)}>{t('home.showAll')}</Link>}
    />
  ) : (
    <EmptyState icon="check" title={t('home.noTasks')}>
      {t('home.noTasksBody')}
    </EmptyState>
  )
  if (isNotThereYet(list.error)) return empty
  return (
    <DataTable
      {...list}
      caption={t('home.tasks')}
      columns={columns}
      rowKey={(task) => task.id}
      rowLabel={(task) => task.title}
      hrefOf={(task) => task.href}
      empty={empty}
    />
  )
}

const Places = ({ due, place }: Scope) => {
  const { t } = useTexts(consoleTexts)
  const { data, error, isPending, refetch } = useHome(place)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingSkeleton lines={6} />
  if (!data || data.places.length === 0) {
    return (
      <EmptyState icon="map" title={t('home.noPlaces')}>
        {t('home.noPlacesBody')}
      </EmptyState>
    )
  }
  return (
    <>
      {data.path.length > 1 && (
        <ol className="home-path" aria-label={t('place')}>
          {data.path.map((step, index) => (
            <li key={step.code}>
              {index === data.path.length - 1 ? (
                step.name
              ) : (
                <Link to={homeHref(due, index === 0 ? undefined : step.code)}>{step.name}</Link>
              )}
            </li>
          ))}
        </ol>
      )}
      <PlaceTable places={data.places} due={due} />
    </>
  )
}

const PlaceTable = ({
  places,
  due,
}: {
  readonly places: readonly HomePlace[]
  readonly due: HomeNumber | undefined
}) => {
  const { t } = useTexts(consoleTexts)
  return (
    <table className="dd-table">
      <caption className="dd-unseen">{t('home.places')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('home.placeName')}</th>
          <th scope="col" className="dd-end">
            {t('home.open')}
          </th>
          <th scope="col" className="dd-end">
            {t('home.overdue')}
          </th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ code, name, open, overdue, hasLower }) => (
          <tr key={code}>
            <th scope="row">{hasLower ? <Link to={homeHref(due, code)}>{name}</Link> : name}</th>
            <td className="dd-end">
              <Count value={open} />
            </td>
            <td className="dd-end">
              <Count value={overdue} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
