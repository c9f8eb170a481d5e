import { defineRefusals } from '#base'

/** What can stand in the way of starting: settings, the data folder, another start. */
export const startRefusals = defineRefusals({
  'app.wrong-setting': {
    status: 500,
    zh: '设置 {name} 不正确：{ruleZh}。',
    en: 'The setting {name} is wrong: {ruleEn}.',
  },
  'app.already-running': {
    status: 503,
    zh: '这个数据文件夹已有一个兜底在运行（进程号 {pid}）：{dataDir}。请先停止它（doudi down），或用 DOUDI_DATA 指定另一个文件夹。',
    en: 'Doudi already runs in this data folder (process {pid}): {dataDir}. Stop it first (doudi down), or name another folder by DOUDI_DATA.',
  },
  'app.no-data-folder': {
    status: 503,
    zh: '数据文件夹不可写：{dataDir}（{reason}）。请检查权限和剩余空间，或用 DOUDI_DATA 指定另一个文件夹。',
    en: 'The data folder cannot be written to: {dataDir} ({reason}). Check its permissions and the free space, or name another one by DOUDI_DATA.',
  },
  'app.unknown-region': {
    status: 422,
    zh: '没有区划 {region} 的村级名单，不能生成演示数据。可用：5329、5301、1502、3206、4401。',
    en: 'There is no village list for {region}; a demo can be made for 5329, 5301, 1502, 3206, 4401.',
  },
  'app.demo-not-local': {
    status: 503,
    zh: '演示只在本机监听，不能用 HOST={host}。请去掉 HOST 或设为 127.0.0.1；正式使用请以 DATABASE_URL 指定数据库。',
    en: 'A demo listens on this machine only, not on HOST={host}. Leave HOST out or set it to 127.0.0.1; for real use name a database by DATABASE_URL.',
  },
  'app.port-taken': {
    status: 503,
    zh: '端口 {port} 已被占用。请停止占用它的程序，或用 PORT 指定另一个端口。',
    en: 'Port {port} is taken. Stop the program that holds it, or name another port by PORT.',
  },
  'app.not-made-yet': {
    status: 409,
    zh: '这里还没有数据。请先运行 npm start（或 npx doudi up）。',
    en: 'There is nothing here yet. Run npm start (or npx doudi up) first.',
  },
})
