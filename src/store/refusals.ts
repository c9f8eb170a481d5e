import { defineRefusals } from '#base'
import { clusterRefusals } from './cluster/refusals.ts'

export const refusals = defineRefusals({
  ...clusterRefusals,
  'store.migration-failed': {
    status: 500,
    zh: '数据库升级失败，数据保持原样：{migration}（{cause}）。',
    en: 'The database could not be upgraded; the data are as before: {migration} ({cause}).',
  },
  'store.unreachable': {
    status: 503,
    zh: '连接不上数据库：{cause}。请检查 DATABASE_URL 或数据库是否已启动。',
    en: 'The database cannot be reached: {cause}. Check DATABASE_URL, or whether the database is running.',
  },
  'store.too-old': {
    status: 500,
    zh: '数据库版本过低（{version}），需要 PostgreSQL 15 或更新版本。',
    en: 'The database is too old ({version}); PostgreSQL 15 or newer is needed.',
  },
  'store.no-role': {
    status: 500,
    zh: '当前数据库账号不能创建应用角色。请管理员执行：\n{statement}',
    en: 'This database account may not create the application role. Ask an administrator to run:\n{statement}',
  },
  'store.sees-too-much': {
    status: 500,
    zh: '应用连接能看到权限范围以外的数据，已停止启动：{detail}。',
    en: 'The application connection sees data outside its scope, so the program stops: {detail}.',
  },
})
