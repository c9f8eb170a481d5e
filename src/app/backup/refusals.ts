import { defineRefusals } from '#base'

/** What stands in the way of making a backup or of bringing one back. */
export const backupRefusals = defineRefusals({
  'backup.no-passphrase': {
    status: 422,
    zh: '备份含有密钥，必须用口令加密：请用 --passphrase-file 指定口令文件，或设置 DOUDI_BACKUP_PASSPHRASE。',
    en: 'A backup holds the keys and must be encrypted: name a file by --passphrase-file, or set DOUDI_BACKUP_PASSPHRASE.',
  },
  'backup.weak-passphrase': {
    status: 422,
    zh: '备份口令至少需要 {least} 个字符。',
    en: 'The passphrase of a backup needs at least {least} characters.',
  },
  'backup.exists': {
    status: 409,
    zh: '文件已存在，没有覆盖：{file}。请换一个文件名。',
    en: 'The file exists and was left alone: {file}. Choose another name.',
  },
  'backup.not-a-backup': {
    status: 422,
    zh: '这不是兜底的备份文件：{file}。',
    en: 'This is not a backup of Doudi: {file}.',
  },
  'backup.wrong-passphrase': {
    status: 422,
    zh: '口令不正确，备份打不开。',
    en: 'The passphrase is wrong; the backup cannot be opened.',
  },
  'backup.damaged': {
    status: 422,
    zh: '备份文件已损坏或被改动（{what}），没有恢复任何内容，现有数据保持原样。',
    en: 'The backup is damaged or was altered ({what}); nothing was restored and the data are as before.',
  },
  'backup.newer': {
    status: 422,
    zh: '备份由更新版本的兜底生成（{version}），请用该版本恢复。现有数据保持原样。',
    en: 'The backup was made by a newer Doudi ({version}); restore it with that version. The data are as before.',
  },
  'backup.other-level': {
    status: 409,
    zh: '这个数据库的表结构与备份不同，不能就地替换。请恢复到一个空数据库。现有数据保持原样。',
    en: 'The tables of this database differ from the backup’s, so it cannot be replaced in place. Restore into an empty database. The data are as before.',
  },
  'backup.not-empty': {
    status: 409,
    zh: '这里已有数据，没有恢复：{place}。确认要用备份替换现有数据，请加 --replace。',
    en: 'There are data here already, so nothing was restored: {place}. To replace them by the backup add --replace.',
  },
  'backup.half-restored': {
    status: 503,
    zh: '上一次恢复的结果还不能确定，请稍后再试。',
    en: 'The outcome of the last restore is not known yet; try again in a moment.',
  },
})
