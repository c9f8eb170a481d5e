import { defineRefusals } from '#base'

/** What the command line itself refuses, and how it tells what the machine refuses. */
export const cliRefusals = defineRefusals({
  'app.busy': {
    status: 503,
    zh: '兜底正在启动，或另一个命令正在使用数据（进程号 {pid}）。请稍后再试。',
    en: 'Doudi is starting, or another command is using the data (process {pid}). Try again in a moment.',
  },
  'app.other-version': {
    status: 409,
    zh: '正在运行的兜底是旧版本。请先停止它（doudi down），再启动新版本。',
    en: 'The Doudi that runs is an older version. Stop it first (doudi down), then start the new one.',
  },
  'app.not-stopped': {
    status: 503,
    zh: '进程 {pid} 在 {seconds} 秒内没有停止，请稍后再看；它完成手头的工作后会自行结束。',
    en: 'Process {pid} has not stopped within {seconds} seconds; it ends when it has finished what it is doing.',
  },
  'app.not-ours': {
    status: 403,
    zh: '进程 {pid} 属于另一个用户，无权停止。请以启动它的用户身份执行。',
    en: 'Process {pid} belongs to another user. Run this as the user who started it.',
  },
  'app.purge-unconfirmed': {
    status: 409,
    zh: '没有删除数据库：请加 --yes 确认删除。',
    en: 'The database was not deleted: add --yes to confirm.',
  },
  'app.demo-not-empty': {
    status: 409,
    zh: '这个数据库里已有数据，不能在其中生成演示。请用一个空数据库，或去掉 --demo。',
    en: 'There are data in this database already, so no demo is made in it. Use an empty one, or leave --demo out.',
  },
  'app.console-not-built': {
    status: 500,
    zh: '网页没有构建成功：{reason}',
    en: 'The console could not be built: {reason}',
  },
  'app.no-such-household': {
    status: 404,
    zh: '没有户编号为 {number} 的家庭。',
    en: 'There is no household {number}.',
  },
  'app.no-such-pack': {
    status: 404,
    zh: '没有规则包 {pack}。',
    en: 'There is no pack {pack}.',
  },
  'app.pack-broken': {
    status: 422,
    zh: '规则包 {pack} 有误，没有使用：{finding}',
    en: 'The pack {pack} has a fault and was not used: {finding}',
  },
  'app.household-broken': {
    status: 422,
    zh: '家庭文件 {file} 有误：{what}',
    en: 'The household file {file} has a fault: {what}',
  },
  'app.clock-real': {
    status: 409,
    zh: '这不是演示，业务日期就是当天，不能调整。',
    en: 'This is no demo: its business date is today and cannot be moved.',
  },
  'app.disk-full': {
    status: 507,
    zh: '磁盘空间不足：{place}。请腾出空间后重试，已保存的数据没有受损。',
    en: 'The disk is full: {place}. Free some space and try again; what was saved is unharmed.',
  },
  'app.file-trouble': {
    status: 422,
    zh: '文件无法读写（{reason}）：{path}',
    en: 'A file cannot be read or written ({reason}): {path}',
  },
  'app.no-memory': {
    status: 507,
    zh: '内存不足，操作没有完成，已保存的数据没有受损。',
    en: 'Memory ran out; the work was not finished, what was saved is unharmed.',
  },
  'app.unexpected': {
    status: 500,
    zh: '程序出现意外错误，操作没有完成，已保存的数据没有受损（{error} {code} {at}）。',
    en: 'Something unexpected went wrong; the work was not finished, what was saved is unharmed ({error} {code} {at}).',
  },
})
