import type { ReactNode } from 'react'
import { Loaded, Page, useTexts } from '#ui/web'
import { PolicyTabs } from '../library/parts.web.tsx'
import { libraryTexts } from '../library/texts.ts'
import { ProposalState, type ProposalStateName } from './course.web.tsx'

interface FrameProps<File> {
  readonly title: string
  readonly help: string
  /** The pages above, below the library itself; the page's own title is put last. */
  readonly above: readonly { readonly label: string; readonly to: string }[]
  /** The question for the proposal, as the query library answers it. */
  readonly query: { readonly data: File | undefined; readonly error: unknown; refetch(): Promise<unknown> }
  readonly children: (file: File) => ReactNode
}

/** The page of one proposal: its state beside the title, then the proposal, or why it cannot be shown. */
export const ProposalFrame = <File extends { readonly proposal: { readonly state: ProposalStateName } }>(
  props: FrameProps<File>,
) => {
  const { t } = useTexts(libraryTexts)
  const { title, help, above, query, children } = props
  const { data } = query
  return (
    <Page
      title={title}
      breadcrumbs={[{ label: t('title'), to: '/policies' }, ...above, { label: title }]}
      marks={data && <ProposalState state={data.proposal.state} />}
      help={<p>{help}</p>}
    >
      <PolicyTabs />
      <Loaded of={query} lines={8}>
        {children}
      </Loaded>
    </Page>
  )
}

/** The document a proposal rests on, as it is cited. */
export const citedSource = (source: {
  readonly title: string
  readonly number: string | null
  readonly clause: string
}): string => `${source.title}${source.number ? `（${source.number}）` : ''} ${source.clause}`
