import type { ComponentType } from 'react'
import type { IconName } from '#ui/web'

interface ExchangePage {
  readonly id: string
  /** Address without the leading slash. */
  readonly path: string
  readonly permission: string
  /** An entry in the navigation; its word is in the console's own catalog. */
  readonly nav?: { readonly text: 'nav.feeds'; readonly icon: IconName }
  readonly load: () => Promise<ComponentType>
}

/**
 * The pages of the department files and of their layouts, for the console's list. The entry `feeds` stands in the
 * navigation under the console's text `nav.feeds`. Addresses that are fixed come before those with a part that varies.
 */
export const exchangePages: readonly ExchangePage[] = [
  {
    id: 'feeds',
    path: 'feeds',
    permission: 'feed.read',
    nav: { text: 'nav.feeds', icon: 'database' },
    load: async () => (await import('./intake/feed-list.web.tsx')).FeedListPage,
  },
  {
    id: 'feed-upload',
    path: 'feeds/upload',
    permission: 'feed.upload',
    load: async () => (await import('./intake/upload.web.tsx')).UploadPage,
  },
  {
    id: 'feed',
    path: 'feeds/:id',
    permission: 'feed.read',
    load: async () => (await import('./intake/feed-page.web.tsx')).FeedPage,
  },
  {
    id: 'layouts',
    path: 'layouts',
    permission: 'layout.read',
    load: async () => (await import('./layouts/layout-list.web.tsx')).LayoutListPage,
  },
  {
    id: 'layout-new',
    path: 'layouts/new',
    permission: 'layout.edit',
    load: async () => (await import('./layouts/wizard/wizard.web.tsx')).LayoutWizardPage,
  },
  {
    id: 'layout',
    path: 'layouts/:id',
    permission: 'layout.read',
    load: async () => (await import('./layouts/layout-page.web.tsx')).LayoutPage,
  },
]
