import { type Refusal, type RefusalSpec, refusalTextOf } from '#base'

type Language = 'zh-CN' | 'en'

/** A problem as RFC 9457 has it, with our code, the trace id and, for a form, the fields that are wrong. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: string
  readonly traceId: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
  /** Told with a missing log-in where the people are invented; nowhere else. */
  readonly demo?: true
}

const titles: Readonly<Record<number, Record<Language, string>>> = {
  400: { 'zh-CN': '请求有误', en: 'Bad request' },
  401: { 'zh-CN': '需要登录', en: 'Not logged in' },
  403: { 'zh-CN': '没有权限', en: 'Forbidden' },
  404: { 'zh-CN': '没有找到', en: 'Not found' },
  409: { 'zh-CN': '状态不符', en: 'Conflict' },
  412: { 'zh-CN': '内容已被更新', en: 'Changed meanwhile' },
  413: { 'zh-CN': '内容过大', en: 'Too large' },
  422: { 'zh-CN': '无法处理', en: 'Cannot be processed' },
  428: { 'zh-CN': '缺少版本', en: 'Version required' },
  429: { 'zh-CN': '请稍候', en: 'Too many requests' },
  503: { 'zh-CN': '暂时不可用', en: 'Unavailable' },
}

const titleOf = (status: number, language: Language): string =>
  titles[status]?.[language] ?? (language === 'en' ? 'Error' : '系统出错')

/** Chinese unless the request asks for English first. */
export const languageOf = (accept: string | undefined): Language =>
  /^\s*en\b/i.test(accept ?? '') ? 'en' : 'zh-CN'

export interface Occurrence {
  readonly language: Language
  readonly instance: string
  readonly traceId: string
  readonly errors?: Problem['errors']
  readonly demo?: boolean
}

/** A refusal as a problem document in the reader's language; an unknown code is our mistake and becomes a 500. */
export const problemOf = (
  refusal: Refusal,
  specs: Readonly<Record<string, RefusalSpec>>,
  { language, instance, traceId, errors, demo }: Occurrence,
): Problem => {
  const spec = specs[refusal.code] ?? specs['access.internal']
  const status = spec?.status ?? 500
  return {
    type: `/problems/${refusal.code}`,
    title: titleOf(status, language),
    status,
    detail: spec ? refusalTextOf(spec, language, { ...refusal.details, traceId }) : refusal.code,
    instance,
    code: refusal.code,
    traceId,
    details: refusal.details,
    ...(errors ? { errors } : {}),
    ...(demo ? { demo } : {}),
  }
}
