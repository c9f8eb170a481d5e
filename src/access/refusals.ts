import { defineRefusals } from '#base'
import { secrecyRefusals } from './secrecy/refusals.ts'

export const refusals = defineRefusals({
  ...secrecyRefusals,
  'access.not-signed-in': { status: 401, zh: '请先登录。', en: 'Please sign in first.' },
  'access.wrong-login': {
    status: 401,
    zh: '账号或密码不正确。请检查大小写后再试。',
    en: 'The account or the password is wrong. Check capital letters and try again.',
  },
  'access.locked': {
    status: 429,
    zh: '连续多次输错密码，账号已暂时锁定，请在 {minutes} 分钟后再试。',
    en: 'Too many wrong passwords: the account is locked. Try again in {minutes} min.',
  },
  'access.must-change-password': {
    status: 403,
    zh: '请先修改一次性密码。',
    en: 'Please change the one-time password first.',
  },
  'access.weak-password': {
    status: 422,
    zh: '新密码至少 10 个字符，并且不能与当前密码或账号相同。',
    en: 'The new password needs at least 10 characters and must differ from the current one and from the account.',
  },
  'access.forbidden': {
    status: 403,
    zh: '您的角色没有这项权限。如确需办理，请联系本单位管理员。',
    en: 'Your role does not allow this. If you need it, ask your administrator.',
  },
  'access.not-found': {
    status: 404,
    zh: '没有找到，或者不在您的管辖范围内。',
    en: 'Not found, or outside your area.',
  },
  'access.csrf': {
    status: 403,
    zh: '页面已过期，请刷新后重试。',
    en: 'The page is out of date; reload it and try again.',
  },
  'access.invalid': { status: 400, zh: '提交的内容有误：{detail}', en: 'The request is not valid: {detail}' },
  'access.key-missing': {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头。',
    en: 'The Idempotency-Key header is missing.',
  },
  'access.key-reused': {
    status: 422,
    zh: '同一个 Idempotency-Key 已用于另一项请求。',
    en: 'This Idempotency-Key was used for another request.',
  },
  'access.version-missing': {
    status: 428,
    zh: '缺少 If-Match 请求头，无法确认您看到的是最新内容。',
    en: 'The If-Match header is missing, so it is not certain that you saw the latest content.',
  },
  'access.changed-meanwhile': {
    status: 412,
    zh: '内容已被他人更新，您的修改没有保存。请重新载入，核对后再办理。',
    en: 'Somebody else has changed this; your change was not saved. Reload, check and try again.',
  },
  'access.too-large': {
    status: 413,
    zh: '文件超过 {limit} MiB，请拆分后再上传。',
    en: 'The file is larger than {limit} MiB; split it and send it again.',
  },
  'access.too-many': {
    status: 429,
    zh: '操作过于频繁，请稍候再试。',
    en: 'Too many requests; wait a moment.',
  },
  'access.unavailable': {
    status: 503,
    zh: '系统正在停止或繁忙，已保存的内容不受影响，请稍后再试。',
    en: 'The system is stopping or busy; what was saved is safe. Try again later.',
  },
  'access.internal': {
    status: 500,
    zh: '系统出错，本次操作没有保存。请把编号 {traceId} 告诉管理员。',
    en: 'Something went wrong and nothing was saved. Give the number {traceId} to your administrator.',
  },
})
