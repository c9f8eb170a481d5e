import { useQuery } from '@tanstack/react-query'
import { callRoute } from '#access/web'
import { type Fen, fen, subtractFen } from '#base'
import { EmptyState, Facts, Icon, Loaded, Money, Section, StatusTag, useTexts } from '#ui/web'
import { usePick } from '../library/parts.web.tsx'
import type { ParameterChange } from './change.ts'
import { type ChangePreview, type Checked, previewChange } from './contract.ts'
import { parameterTexts } from './texts.ts'

/** Every check of a change with its outcome, what held before, and what is worth knowing. */
export const ChecksView = ({ checked }: { readonly checked: Checked }) => {
  const { t } = useTexts(parameterTexts)
  const pick = usePick()
  const { checks, notices, before, after } = checked
  return (
    <Section title={t('checks.title')}>
      <Facts
        items={[
          { label: t('checks.before'), value: before ? pick(before) : t('checks.openBefore') },
          { label: t('checks.after'), value: <strong>{pick(after)}</strong> },
        ]}
      />
      <ul className="policy-checks">
        {checks.map(({ id, isSound, texts }) => (
          <li key={id}>
            <StatusTag tone={isSound ? 'good' : 'red'}>
              {t(isSound ? 'checks.sound' : 'checks.unsound')}
            </StatusTag>
            <span>{t(`checks.names.${id}`)}</span>
            {texts.map((text) => (
              <p key={text.zh}>{pick(text)}</p>
            ))}
          </li>
        ))}
      </ul>
      {notices.length > 0 && (
        <div role="note">
          <p>
            <Icon name="info" /> {t('checks.notices')}
          </p>
          <ul>
            {notices.map((text) => (
              <li key={text.zh}>{pick(text)}</li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}

export const PreviewView = ({ change }: { readonly change: ParameterChange }) => {
  const { t } = useTexts(parameterTexts)
  const read = useQuery({
    queryKey: [previewChange.path, change],
    queryFn: ({ signal }) => callRoute(previewChange, { body: change, onlyReads: true, signal }),
  })
  return (
    <Section title={t('preview.title')}>
      <Loaded of={read} lines={2}>
        {({ preview }) =>
          preview ? (
            <PreviewFigures preview={preview} />
          ) : (
            <EmptyState icon="chart" title={t('preview.none')}>
              {t('preview.noneBody')}
            </EmptyState>
          )
        }
      </Loaded>
    </Section>
  )
}

const PreviewFigures = ({ preview }: { readonly preview: ChangePreview }) => {
  const { t } = useTexts(parameterTexts)
  return (
    <>
      <p className="dd-quiet">{t('preview.on', { on: preview.on })}</p>
      <Facts
        items={[
          ...(['households', 'gains', 'loses', 'changed', 'open'] as const).map((name) => ({
            label: t(`preview.${name}`),
            value: t('preview.count', { count: preview[name] }),
          })),
          {
            label: t('preview.monthly'),
            value: (
              <>
                <Money fen={fen(preview.monthlyBeforeFen)} /> → <Money fen={fen(preview.monthlyAfterFen)} />
              </>
            ),
          },
          { label: t('preview.difference'), value: <Difference fen={differenceOf(preview)} /> },
        ]}
      />
    </>
  )
}

const Difference = ({ fen: amount }: { readonly fen: Fen }) => (
  <>
    {amount > 0 && '+'}
    <Money fen={amount} />
  </>
)

const differenceOf = (preview: { monthlyBeforeFen: number; monthlyAfterFen: number }): Fen =>
  subtractFen(fen(preview.monthlyAfterFen), fen(preview.monthlyBeforeFen))
