import { Button } from 'antd'
import { Link, useNavigate, useParams } from 'react-router'
import { addressOf, callRoute, instantFrom } from '#access/web'
import {
  type Column,
  DataTable,
  ErrorState,
  Facts,
  Icon,
  InstantText,
  LoadingSkeleton,
  Page,
  Section,
  StatusTag,
  useConfirm,
  useTexts,
  useToast,
  useWrite,
} from '#ui/web'
import { useNames } from '../names/names.web.ts'
import { downloadTemplate, retireLayout } from './contract.ts'
import { columnsOf, headerNamesOf, type Layout } from './layout.ts'
import { LayoutHelp } from './layout-list.web.tsx'
import { contentOf, type LayoutDetail, layoutKeys, toneOfLayout, useLayout } from './layout-queries.web.ts'
import { composedFieldsOf, useReadingTexts } from './reading-text.web.ts'
import { layoutTexts } from './texts.ts'
import '../intake/intake.css'
import './layouts.css'

/** One layout: what each column means, its versions, and what may be done with it. */
export const LayoutPage = () => {
  const { id = '' } = useParams()
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const { data, error, refetch } = useLayout(id)
  const title = data ? names.text(data.title) : t('title')
  return (
    <Page
      title={title}
      help={<LayoutHelp />}
      breadcrumbs={[
        { label: t('feeds'), to: '/feeds' },
        { label: t('title'), to: '/layouts' },
        { label: title },
      ]}
      marks={data && <StatusTag tone={toneOfLayout[data.status]}>{t(`status.${data.status}`)}</StatusTag>}
      actions={data && <Actions layout={data} />}
    >
      {data ? (
        <>
          <Mapping detail={data} />
          <Versions detail={data} />
          <LayoutFacts detail={data} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingSkeleton lines={8} />
      )}
    </Page>
  )
}

const Actions = ({ layout }: { readonly layout: LayoutDetail }) => {
  const { t } = useTexts(layoutTexts)
  const isUsable = layout.status !== 'faulty'
  return (
    <>
      {layout.may.retire && <RetireButton layout={layout} />}
      {isUsable && (
        <a className="dd-link-button" href={addressOf(downloadTemplate, { id: layout.id })} download>
          <Icon name="download" />
          {t('detail.template')}
        </a>
      )}
      {layout.may.edit && isUsable && (
        <Link
          className="dd-link-button dd-link-primary"
          to={`/layouts/new?kind=${layout.kind}&from=${layout.id}`}
        >
          <Icon name="edit" />
          {t('detail.revise')}
        </Link>
      )}
    </>
  )
}

const RetireButton = ({ layout }: { readonly layout: LayoutDetail }) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const confirm = useConfirm()
  const toast = useToast()
  const navigate = useNavigate()
  const retire = useWrite({
    write: (version: number, { idempotencyKey }) =>
      callRoute(retireLayout, { params: { id: layout.id }, version, body: {}, idempotencyKey }),
    invalidates: layoutKeys,
    onDone: () => {
      toast({ text: t('retire.done') })
      void navigate('/layouts')
    },
  })
  const isShipped = layout.versions.some(({ origin }) => origin === 'shipped')
  const ask = async () => {
    const answer = await confirm({
      title: t('retire.title', { title: names.text(layout.title) }),
      body: (
        <>
          <p>{t('retire.body')}</p>
          {isShipped && <p>{t('retire.shipped')}</p>}
        </>
      ),
      action: t('retire.action'),
      isDangerous: true,
    })
    if (answer.confirmed) retire.mutate(layout.version)
  }
  return (
    <>
      {retire.error && <ErrorState error={retire.error} takesFocus />}
      <Button danger loading={retire.isPending} onClick={() => void ask()}>
        {t('retire.action')}
      </Button>
    </>
  )
}

const Mapping = ({ detail }: { readonly detail: LayoutDetail }) => {
  const { t } = useTexts(layoutTexts)
  const content = contentOf(detail)
  return (
    <Section title={t('detail.mapping')}>
      {content ? <MappingTable layout={content} /> : <p>{t('detail.faulty')}</p>}
    </Section>
  )
}

interface Line {
  readonly key: string
  readonly field: string
  readonly headers: readonly string[]
  readonly reading: readonly string[]
}

const useLines = (layout: Layout): readonly Line[] => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const texts = useReadingTexts(layout.kind)
  const nameOf = (field: string) => names.field(layout.kind, field)
  return [
    ...columnsOf(layout).map((column, index) => ({
      key: `column ${index}`,
      field: nameOf(column.field),
      headers: headerNamesOf(column),
      reading: texts.reading(column, true),
    })),
    ...composedFieldsOf(layout).map(({ field, headers }) => ({
      key: `composed ${field}`,
      field: nameOf(field),
      headers,
      reading: [t('detail.computed')],
    })),
    ...layout.noRecord.map(({ header, values }) => ({
      key: `ignored ${header}`,
      field: t('detail.ignored'),
      headers: [header],
      reading: [t('detail.ignoredWhen', { words: values.join(t('reading.comma')) })],
    })),
    ...Object.entries(layout.constants).map(([field, value]) => ({
      key: `constant ${field}`,
      field: nameOf(field),
      headers: [],
      reading: [t('detail.constant', { meaning: texts.meaning(field, value) })],
    })),
  ]
}

const MappingTable = ({ layout }: { readonly layout: Layout }) => {
  const { t } = useTexts(layoutTexts)
  const columns: readonly Column<Line>[] = [
    { id: 'field', title: t('detail.field'), isMain: true, width: '14em', cell: ({ field }) => field },
    {
      id: 'header',
      title: t('detail.header'),
      cell: ({ headers }) => (headers.length > 0 ? headers.join(` ${t('detail.any')} `) : '–'),
    },
    {
      id: 'reading',
      title: t('detail.rule'),
      cell: ({ reading }) => <span className="dd-quiet">{reading.join(' · ')}</span>,
    },
  ]
  return (
    <DataTable
      caption={t('detail.mapping')}
      columns={columns}
      rows={useLines(layout)}
      rowKey={({ key }) => key}
      rowLabel={({ field }) => field}
    />
  )
}

const Versions = ({ detail }: { readonly detail: LayoutDetail }) => {
  const { t } = useTexts(layoutTexts)
  return (
    <Section title={t('detail.versions')}>
      <ul className="layout-versions">
        {detail.versions.map(({ version, origin, createdAt, createdBy, retiredAt }) => {
          const at = createdAt === null ? undefined : instantFrom(createdAt)
          const ended = retiredAt === null ? undefined : instantFrom(retiredAt)
          return (
            <li key={`${origin} ${version}`}>
              <strong>
                {origin === 'shipped'
                  ? t('origin.shipped')
                  : t('versionNumber', { version: String(version) })}
              </strong>
              {at && <InstantText at={at} />}
              {createdBy && <span className="dd-quiet">{t('detail.createdBy', { name: createdBy })}</span>}
              {ended && (
                <span className="dd-quiet">
                  {t('detail.retiredAt')} <InstantText at={ended} />
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

const LayoutFacts = ({ detail }: { readonly detail: LayoutDetail }) => {
  const { t } = useTexts(layoutTexts)
  const names = useNames()
  const content = contentOf(detail)
  return (
    <Section title={t('detail.facts')}>
      <Facts
        items={[
          { label: t('column.kind'), value: names.kind(detail.kind) },
          { label: t('column.sender'), value: names.department(detail.sender) },
          { label: t('column.origin'), value: t(`origin.${detail.origin}`) },
          {
            label: t('detail.format'),
            value: content && t(`detail.formats.${content.carrier.format}`),
          },
          {
            label: t('detail.encoding'),
            value:
              content?.carrier.format === 'xlsx'
                ? null
                : content && t(`detail.encodings.${content.carrier.encoding}`),
          },
          { label: t('detail.id'), value: detail.id },
        ]}
      />
    </Section>
  )
}
