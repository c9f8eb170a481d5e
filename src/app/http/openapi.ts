import { z } from 'zod'
import type { Route } from '#access'

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'traceId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string' },
    traceId: { type: 'string' },
    details: { type: 'object' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, message: { type: 'string' } } },
    },
    demo: { type: 'boolean' },
  },
}

interface JsonObject {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest as JsonObject
}

const parametersOf = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input')
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }))
}

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
})

const headersOf = (route: Route) => [
  ...(route.method !== 'GET' && route.permission !== 'open'
    ? [
        ...(route.keepsNoAnswer
          ? []
          : [header('Idempotency-Key', 'One key per write; the same key gives the same answer.')]),
        header('X-Doudi-Csrf', 'Value of the cookie doudi_csrf.'),
      ]
    : []),
  ...(route.versioned ? [header('If-Match', 'ETag of the version the edit was made on.')] : []),
]

const bodyOf = (route: Route) => {
  if (!route.body && !route.uploadMiB) return undefined
  const fields = route.body ? schemaOf(route.body, 'input') : { properties: {} }
  if (!route.uploadMiB) return { required: true, content: { 'application/json': { schema: fields } } }
  const properties = { ...fields.properties, file: { type: 'string', format: 'binary' } }
  return {
    required: true,
    content: { 'multipart/form-data': { schema: { ...fields, type: 'object', properties } } },
  }
}

const operationOf = (route: Route) => ({
  operationId: `${route.method.toLowerCase()}${route.path.replace('/api/v1', '').replace(/[/:-](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  summary: route.summary.zh,
  description: route.summary.en,
  tags: [route.path.split('/')[3] ?? 'app'],
  'x-permission': route.permission,
  parameters: [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...headersOf(route),
  ],
  ...(bodyOf(route) ? { requestBody: bodyOf(route) } : {}),
  responses: {
    200: {
      description: 'OK',
      content:
        route.reply === 'file'
          ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
          : { 'application/json': { schema: schemaOf(route.reply, 'output') } },
    },
    default: {
      description: 'Problem (RFC 9457)',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
  ...(route.permission === 'open' ? {} : { security: [{ session: [] }] }),
})

/** The interface description (OpenAPI 3.1) of the given routes, made from the contracts that validate. */
export const openApiOf = (routes: readonly Route[], version: string) => {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: '兜底 Doudi', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'doudi_session' } },
    },
  }
}
