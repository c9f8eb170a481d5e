export { type ApiReply, type ApiRequest, apiFetch, signedOutEvent } from './api/fetch.web.ts'
export {
  createQueryClient,
  type KeysetList,
  type KeysetPage,
  useKeysetList,
  useWrite,
} from './api/query.web.tsx'
export { BarChart, type ChartBar } from './chart/bar-chart.web.tsx'
export { type ChartLine, type ChartMark, LineChart } from './chart/line-chart.web.tsx'
export { type ConfirmAnswer, type ConfirmRequest, Dialog, useConfirm } from './dialog/dialog.web.tsx'
export { FilterBar, useFilters } from './filter/filter-bar.web.tsx'
export { takeFocus } from './focus.web.ts'
export {
  CheckField,
  DateField,
  ErrorSummary,
  Field,
  type FieldProps,
  type FormFault,
  MoneyField,
  type Option,
  PasswordField,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
} from './form/fields.web.tsx'
export { FileDrop } from './form/file-drop.web.tsx'
export { type Touched, useTouched } from './form/touched.web.ts'
export type { Shortcut } from './keys/keys.ts'
export { useKeyHelp, useShortcuts } from './keys/keys.web.tsx'
export { Icon, type IconName, Shape, type ShapeName } from './marks/icon.web.tsx'
export {
  Count,
  DateText,
  DueLight,
  type Grade,
  GradeBadge,
  InstantText,
  Money,
  StatusTag,
} from './marks/marks.web.tsx'
export { MaskedText } from './marks/masked.web.tsx'
export { type Breadcrumb, Facts, Page, Section, SkipLink } from './page/page.web.tsx'
export { WithSidePanel } from './page/side-panel.web.tsx'
export { EmptyState, ErrorState, Loaded, LoadingSkeleton } from './page/states.web.tsx'
export { UiProvider } from './provider.web.tsx'
export { SessionProvider, usePermission, useSession } from './session/session.web.tsx'
export { SessionWatch } from './session/session-watch.web.tsx'
export { DataTable } from './table/data-table.web.tsx'
export type { Column, DataTableProps, Selection, Sort } from './table/types.ts'
export { createTexts, useLanguage, useTexts } from './texts/i18n.web.tsx'
export { useIsNarrow, useMediaQuery } from './theme/media.web.ts'
export { Timeline, type TimelineEntry } from './timeline/timeline.web.tsx'
export { type ToastRequest, useToast } from './toast/toast.web.tsx'
