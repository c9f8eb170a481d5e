import { defineRefusals } from '#base'

/** Refusals of the key file and of sealed values; part of the room's list. */
export const secrecyRefusals = defineRefusals({
  'access.secret-missing': {
    status: 500,
    zh: '密钥文件不完整，缺少：{keys}。请从备份恢复密钥文件。',
    en: 'The key file is incomplete; it lacks {keys}. Restore it from the backup.',
  },
  'access.secret-file-open-to-others': {
    status: 500,
    zh: '密钥文件的权限过宽（{mode}），其他账号可以读取。请改为仅本账号可读写（0600）后再启动。',
    en: 'The key file can be read by other accounts (mode {mode}). Set it to 0600 and start again.',
  },
  'access.secret-file-damaged': {
    status: 500,
    zh: '密钥文件已损坏或版本不被支持，已停止启动。请从备份恢复密钥文件。',
    en: 'The key file is damaged or of an unknown version; the start was stopped. Restore the key file from the backup.',
  },
  'access.secret-version-unknown': {
    status: 500,
    zh: '数据由密钥“{key}”的第 {version} 版加密，当前密钥文件中没有这一版。',
    en: 'A value was sealed with version {version} of the key “{key}”, which the key file does not hold.',
  },
  'access.secret-versions-used-up': {
    status: 500,
    zh: '密钥“{key}”的版本号已用完，不能再轮换。',
    en: 'The key “{key}” has no version left for another rotation.',
  },
  'access.sealed-value-unreadable': {
    status: 500,
    zh: '加密数据格式不正确，无法读取（{context}）。',
    en: 'A sealed value has an unknown format and cannot be read ({context}).',
  },
  'access.sealed-value-altered': {
    status: 500,
    zh: '加密数据未通过完整性校验，可能被改动或密钥不符（{context}）。',
    en: 'A sealed value failed its integrity check: it was altered, or the key is another one ({context}).',
  },
})
