import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Refusal } from '#base'

const project = fileURLToPath(new URL('../../', import.meta.url))

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What an installation is told from outside, by environment variables. */
export type Settings = {
  /** PORT, 8080 unless set; 0 takes any free one. */
  readonly port: number
  /** HOST, the loopback address unless set. */
  readonly host: string
  /** DATABASE_URL; undefined: our own PostgreSQL. Holds a password: never print it. */
  readonly databaseUrl: string | undefined
  /** DOUDI_DATA, an absolute path; `.data` in the project unless set. A relative one starts at the project. */
  readonly dataDir: string
  /** False when NO_COLOR is set to anything. */
  readonly color: boolean
  /** LOG_LEVEL, `info` unless set. */
  readonly logLevel: (typeof logLevels)[number]
  /** SCAN_AT, `01:30` in China unless set: when the scan of the night begins; undefined where it is `off`. */
  readonly scanAt: string | undefined
}

const isPostgresUrl = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
}

// A variable that is set to nothing is not set: `PORT= npm start` means the default.
const optional = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()

const shape = z.object({
  PORT: optional.pipe(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65_535))
      .default(8080),
  ),
  HOST: optional.pipe(z.union([z.ipv4(), z.ipv6(), z.hostname()]).default('127.0.0.1')),
  DATABASE_URL: optional.pipe(z.string().refine(isPostgresUrl).optional()),
  DOUDI_DATA: optional.pipe(
    z
      .string()
      .refine((text) => !text.includes('\0'))
      .default('.data'),
  ),
  NO_COLOR: optional,
  LOG_LEVEL: optional.pipe(z.enum(logLevels).default('info')),
  SCAN_AT: optional.pipe(
    z
      .string()
      .regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/)
      .default('01:30'),
  ),
})

type Name = keyof z.infer<typeof shape>

const rules: Readonly<Record<Name, { readonly zh: string; readonly en: string }>> = {
  PORT: { zh: '应为 0 到 65535 的整数', en: 'it must be a whole number from 0 to 65535' },
  HOST: {
    zh: '应为本机地址或主机名，例如 127.0.0.1',
    en: 'it must be an address or host name, for example 127.0.0.1',
  },
  DATABASE_URL: {
    zh: '应为 postgres://用户:密码@主机:端口/数据库',
    en: 'it must read postgres://user:password@host:port/database',
  },
  DOUDI_DATA: { zh: '应为文件夹路径', en: 'it must be the path of a folder' },
  NO_COLOR: { zh: '应为空或任意文字', en: 'it must be empty or any text' },
  LOG_LEVEL: { zh: `应为 ${logLevels.join('、')} 之一`, en: `it must be one of ${logLevels.join(', ')}` },
  SCAN_AT: {
    zh: '应为北京时间，例如 01:30；不自动扫描则为 off',
    en: 'it must be a time of day in China, for example 01:30, or off',
  },
}

/** Reads the settings. Refuses the first wrong one with `app.wrong-setting`, naming it and its rule, never its value. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const parsed = shape.safeParse(environment)
  if (!parsed.success) {
    const name = parsed.error.issues[0]?.path[0] as Name
    throw new Refusal('app.wrong-setting', { name, ruleZh: rules[name].zh, ruleEn: rules[name].en })
  }
  const { PORT, HOST, DATABASE_URL, DOUDI_DATA, NO_COLOR, LOG_LEVEL, SCAN_AT } = parsed.data
  return {
    port: PORT,
    host: HOST,
    databaseUrl: DATABASE_URL,
    dataDir: resolve(project, DOUDI_DATA),
    color: NO_COLOR === undefined,
    logLevel: LOG_LEVEL,
    scanAt: SCAN_AT === 'off' ? undefined : SCAN_AT,
  }
}
