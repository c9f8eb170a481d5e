import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import { callRoute, dateFrom } from '#access/web'
import type { BusinessDate, Fen } from '#base'
import {
  DateText,
  ErrorState,
  Facts,
  Icon,
  LoadingSkeleton,
  Money,
  Page,
  Section,
  StatusTag,
  usePermission,
  useSession,
  useTexts,
} from '#ui/web'
import { ChainSection } from '../chain/chain.web.tsx'
import type { FactKind } from '../facts/catalogue.ts'
import { FactDialog } from '../facts/fact-dialog.web.tsx'
import { factTexts } from '../facts/texts.ts'
import { LabelSection } from '../label-edit/label-section.web.tsx'
import { useLabels } from '../labels/labels.web.ts'
import { Completeness } from './completeness.web.tsx'
import { type HouseholdFile, readHousehold } from './contract.ts'
import { currentValue, inForce } from './file-view.ts'
import { KnownFacts } from './known-facts.web.tsx'
import { Members } from './members.web.tsx'
import { householdTexts } from './texts.ts'
import './household.css'

interface HouseholdFilePageProps {
  /** What other rooms say about the household, such as its open alerts: stands above the facts. */
  readonly widgets?: (householdId: string) => ReactNode
}

/** 一户一档: the head line, members, what is known with its sources, and the chain. */
export const HouseholdFilePage = ({ widgets }: HouseholdFilePageProps) => {
  const { id = '' } = useParams()
  return <HouseholdFileView key={id} id={id} widgets={widgets} />
}

const HouseholdFileView = ({ id, widgets }: HouseholdFilePageProps & { readonly id: string }) => {
  const { t } = useTexts(householdTexts)
  const { data, error, refetch } = useQuery({
    queryKey: [readHousehold.path, id],
    queryFn: ({ signal }) => callRoute(readHousehold, { params: { id }, signal }),
  })
  const title = data ? t('title', { number: data.number }) : t('titleLoading')
  const mayTry = usePermission('rule.try')
  return (
    <Page
      title={title}
      breadcrumbs={[{ label: t('search'), to: '/people' }, { label: title }]}
      marks={data && <CategoryMarks file={data} />}
      actions={
        data &&
        mayTry && (
          <Link className="dd-link-button" to={`/trials/new?household=${id}`}>
            {t('try')}
          </Link>
        )
      }
      help={
        <>
          <p>{t('help.what')}</p>
          <p>{t('help.record')}</p>
          <p>{t('help.number')}</p>
        </>
      }
    >
      {data ? (
        <Columns file={data} widgets={widgets} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={12} />
      )}
    </Page>
  )
}

const CategoryMarks = ({ file }: { readonly file: HouseholdFile }) => {
  const { label } = useLabels()
  const today = useSession().businessDate
  return inForce(file.categories, today).map(({ category }) => (
    <StatusTag key={category}>{label('category', category)}</StatusTag>
  ))
}

const Columns = ({ file, widgets }: { readonly file: HouseholdFile } & HouseholdFilePageProps) => {
  const { t } = useTexts(householdTexts)
  const { t: factText } = useTexts(factTexts)
  const today = useSession().businessDate
  const mayRecord = usePermission('fact.record') && file.endedOn === null
  const [form, setForm] = useState<{ start?: { subjectId: string; kind: FactKind } }>()
  const subjects = [
    { id: file.id, kind: 'household' as const, name: t('ofHousehold') },
    ...file.members
      .filter(({ leftOn }) => leftOn === null)
      .map(({ id, name }) => ({ id, kind: 'person' as const, name: name ?? t('noName') })),
  ]
  const record = mayRecord && (
    <Button icon={<Icon name="edit" />} onClick={() => setForm({})}>
      {factText('record')}
    </Button>
  )
  return (
    <div className="registry-file">
      <div className="registry-file-head">
        <Head file={file} today={today} onRecord={(start) => setForm({ start })} />
      </div>
      <div className="registry-file-members">
        <Members file={file} today={today} />
        <LabelSection file={file} today={today} />
        <CategoryHistory file={file} />
      </div>
      <div className="registry-file-facts">
        {widgets?.(file.id)}
        <KnownFacts file={file} today={today} actions={record} />
      </div>
      <div className="registry-file-chain">
        <ChainSection subject={{ kind: 'household', id: file.id }} />
      </div>
      {form && (
        <FactDialog
          householdId={file.id}
          subjects={subjects}
          {...(form.start ? { start: form.start } : {})}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  )
}

interface HeadProps {
  readonly file: HouseholdFile
  readonly today: BusinessDate
  readonly onRecord: (start: { readonly subjectId: string; readonly kind: FactKind }) => void
}

const Head = ({ file, today, onRecord }: HeadProps) => {
  const { t } = useTexts(householdTexts)
  const { label, join } = useLabels()
  const benefit = currentValue(file, 'monthlyBenefitFen', today)
  const review = currentValue(file, 'nextReviewOn', today)
  const needs = inForce(file.needs, today).map((need) => label('need', need.label))
  return (
    <section className="dd-card registry-head">
      <Facts
        items={[
          { label: t('head.place'), value: file.place },
          { label: t('head.benefit'), value: <Money fen={benefit as Fen | undefined} /> },
          {
            label: t('head.review'),
            value: (
              <DateText date={review === undefined ? undefined : dateFrom(String(review))} today={today} />
            ),
          },
          { label: t('head.area'), value: label('area', file.areaType) },
          { label: t('head.address'), value: file.address ?? undefined },
          { label: t('head.registered'), value: <DateText date={dateFrom(file.registeredOn)} /> },
          ...(file.endedOn === null
            ? []
            : [{ label: t('head.ended'), value: <DateText date={dateFrom(file.endedOn)} /> }]),
          { label: t('head.needs'), value: needs.length > 0 ? join(needs) : null },
          {
            label: t('head.completeness'),
            value: <Completeness file={file} onRecord={onRecord} />,
          },
        ]}
      />
    </section>
  )
}

const CategoryHistory = ({ file }: { readonly file: HouseholdFile }) => {
  const { t } = useTexts(householdTexts)
  const { label } = useLabels()
  return (
    <Section title={t('categories')}>
      <ul className="registry-list">
        {file.categories.map(({ category, validFrom, validUntil }) => (
          <li key={`${category} ${validFrom}`}>
            {label('category', category)}{' '}
            <span className="dd-quiet dd-figures">
              {validUntil === null
                ? t('validity', { from: validFrom })
                : t('validityUntil', { from: validFrom, until: validUntil })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
