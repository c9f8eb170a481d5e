/**
 * The house: which room may enter which. One table, kept by tidy.test.ts.
 * An arrow always points to a lower floor; rooms of one floor never enter each other.
 */
export interface Room {
  readonly floor: number
  readonly mayEnter: readonly string[]
}

const ground = ['base']
const shared = ['base', 'policy', 'store', 'ui', 'access', 'lake', 'rulebook']

export const rooms: Readonly<Record<string, Room>> = {
  base: { floor: 0, mayEnter: [] },
  policy: { floor: 1, mayEnter: ground },
  store: { floor: 1, mayEnter: ground },
  ui: { floor: 1, mayEnter: ground },
  access: { floor: 2, mayEnter: ['base', 'store', 'ui'] },
  lake: { floor: 2, mayEnter: ['base', 'policy', 'store'] },
  rulebook: { floor: 3, mayEnter: ['base', 'policy', 'store', 'ui', 'access', 'lake'] },
  exchange: { floor: 3, mayEnter: ['base', 'store', 'ui', 'access', 'lake'] },
  registry: { floor: 4, mayEnter: [...shared, 'exchange'] },
  monitoring: { floor: 5, mayEnter: [...shared, 'registry'] },
  insight: { floor: 5, mayEnter: [...shared, 'registry'] },
  sandbox: { floor: 6, mayEnter: [...shared, 'exchange', 'registry', 'monitoring', 'insight'] },
  app: { floor: 7, mayEnter: [...shared, 'exchange', 'registry', 'monitoring', 'insight', 'sandbox'] },
}

/** Packages that only some rooms may import: the edge of the outside world stays where it is looked after. */
export const packageRooms: Readonly<Record<string, readonly string[]>> = {
  '@bpmn-io/lezer-feel': ['policy'],
  '@lezer/common': ['policy'],
  '@duckdb/node-api': ['lake', 'policy'],
  '@fastify/cookie': ['app'],
  '@fastify/helmet': ['app'],
  '@fastify/multipart': ['app'],
  '@fastify/rate-limit': ['app'],
  '@fastify/static': ['app'],
  '@fastify/swagger': ['app'],
  '@node-rs/argon2': ['access'],
  '@tanstack/react-query': [
    'ui',
    'access',
    'rulebook',
    'exchange',
    'registry',
    'monitoring',
    'insight',
    'app',
  ],
  antd: ['ui', 'access', 'rulebook', 'exchange', 'registry', 'monitoring', 'insight', 'app'],
  '@ant-design/icons': ['ui', 'app'],
  commander: ['app'],
  'd3-scale': ['ui'],
  'd3-shape': ['ui'],
  fastify: ['app'],
  'fastify-type-provider-zod': ['app'],
  i18next: ['ui', 'app'],
  'iconv-lite': ['exchange'],
  kysely: ['store', 'access', 'rulebook', 'exchange', 'registry', 'monitoring', 'insight', 'app'],
  pg: ['store'],
  'pg-boss': ['store'],
  'pg-copy-streams': ['store', 'lake'],
  pino: ['app'],
  'pino-roll': ['app'],
  'pinyin-pro': ['lake', 'registry'],
  react: ['ui', 'access', 'rulebook', 'exchange', 'registry', 'monitoring', 'insight', 'app'],
  'react-dom': ['ui', 'app'],
  'react-i18next': ['ui', 'access', 'rulebook', 'exchange', 'registry', 'monitoring', 'insight', 'app'],
  'react-router': ['ui', 'access', 'rulebook', 'exchange', 'registry', 'monitoring', 'insight', 'app'],
  'decimal.js': ['policy'],
  saxes: ['exchange', 'policy'],
  'sm-crypto-v2': ['access'],
  uuid: ['base', 'ui'],
  yaml: ['base', 'policy', 'rulebook', 'exchange', 'app'],
  yauzl: ['exchange'],
  zod: [
    'base',
    'policy',
    'store',
    'access',
    'lake',
    'rulebook',
    'exchange',
    'registry',
    'monitoring',
    'insight',
    'sandbox',
    'app',
  ],
}
