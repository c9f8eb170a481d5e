import { defineRefusals } from '#base'

/** What can stand in the way of running our own PostgreSQL. */
export const clusterRefusals = defineRefusals({
  'store.cluster-in-use': {
    status: 503,
    zh: '数据库文件夹 {place} 正由另一个程序使用（进程号 {pid}）。请先停止它，或用 DOUDI_DATA 指定另一个文件夹。',
    en: 'Another program (process {pid}) is using the database folder {place}. Stop it first, or name another folder by DOUDI_DATA.',
  },
  'store.cluster-no-folder': {
    status: 503,
    zh: '无法在 {place} 写入（{reason}）。请换一个可写的文件夹（DOUDI_DATA），或检查它的权限。',
    en: 'Cannot write to {place} ({reason}). Name a folder that can be written to by DOUDI_DATA, or check its permissions.',
  },
  'store.cluster-disk-full': {
    status: 507,
    zh: '磁盘空间不足，数据库无法运行：{place}。请腾出空间后再启动，已保存的数据没有受损。',
    en: 'The disk is full, so the database cannot run: {place}. Free some space and start again; what was saved is unharmed.',
  },
  'store.cluster-no-port': {
    status: 503,
    zh: '本机没有可供数据库使用的空闲端口（127.0.0.1）。请停止占用端口的程序后再启动。',
    en: 'No free port on 127.0.0.1 for the database. Stop programs that hold ports and start again.',
  },
  'store.cluster-no-account': {
    status: 503,
    zh: '以 root 身份运行时，PostgreSQL 需要一个普通系统用户，但无法建立或切换到该用户（{reason}）。请以普通用户启动，或设置 DATABASE_URL。',
    en: 'Run by root, PostgreSQL needs an ordinary system user, and none could be created or switched to ({reason}). Start as an ordinary user, or set DATABASE_URL.',
  },
  'store.cluster-no-program': {
    status: 503,
    zh: '这台机器（{machine}）上无法运行随附的 PostgreSQL（{reason}）。请安装 PostgreSQL 15 或更新版本，并设置 DATABASE_URL。',
    en: 'The PostgreSQL that comes along does not run on this machine ({machine}): {reason}. Install PostgreSQL 15 or newer and set DATABASE_URL.',
  },
  'store.cluster-other-version': {
    status: 503,
    zh: '数据库 {place} 由另一个 PostgreSQL 版本（{found}）建立，当前版本是 {needed}。请用原版本导出数据，再导入新的数据文件夹。',
    en: 'The database {place} was made by PostgreSQL {found}; this is {needed}. Export it with the old version and import it into a new data folder.',
  },
  'store.cluster-password-missing': {
    status: 503,
    zh: '数据库 {place} 的密码文件不见了：{file}。请从备份恢复该文件。',
    en: 'The password file of the database {place} is missing: {file}. Restore that file from your backup.',
  },
  'store.cluster-copied': {
    status: 503,
    zh: '{dataDir} 是 {original} 的副本，两者不能共用一个数据库。请为副本使用新的空文件夹，并从备份恢复。',
    en: '{dataDir} is a copy of {original}; the two cannot share one database. Use a new empty folder and restore a backup into it.',
  },
  'store.cluster-failed': {
    status: 503,
    zh: '数据库没有启动：{reason}。详细记录见 {log}。',
    en: 'The database did not start: {reason}. See {log}.',
  },
})
