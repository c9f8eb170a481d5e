import { z } from 'zod'
import { regionLevels } from '#base'
import { defineRoute } from '../routes/route.ts'

const regionStep = z.object({ code: z.string(), name: z.string() })

export const sessionReply = z.object({
  account: z.object({
    id: z.string(),
    login: z.string(),
    displayName: z.string(),
    role: z.string(),
    organisation: z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      level: z.enum(regionLevels),
      department: z.string().nullable(),
    }),
    region: z.object({ code: z.string(), name: z.string(), path: z.array(regionStep) }),
    permissions: z.array(z.string()),
    mustChangePassword: z.boolean(),
  }),
  limits: z.object({ idleSeconds: z.number().int(), endsInSeconds: z.number().int() }),
  demo: z.boolean(),
  businessDate: z.string(),
})

export type Session = z.infer<typeof sessionReply>

export const logIn = defineRoute({
  method: 'POST',
  path: '/api/v1/access/login',
  permission: 'open',
  summary: { zh: '登录', en: 'Sign in' },
  body: z.object({
    login: z.string().trim().toLowerCase().min(1).max(60),
    password: z.string().min(1).max(200),
  }),
  reply: sessionReply,
})

export const readSession = defineRoute({
  method: 'GET',
  path: '/api/v1/access/session',
  permission: 'signed-in',
  summary: { zh: '当前登录人', en: 'Who is signed in' },
  reply: sessionReply,
})

export const logOut = defineRoute({
  method: 'POST',
  path: '/api/v1/access/logout',
  permission: 'signed-in',
  summary: { zh: '退出登录', en: 'Sign out' },
  reply: z.object({ ended: z.boolean() }),
})

export const changePassword = defineRoute({
  method: 'POST',
  path: '/api/v1/access/password',
  permission: 'signed-in',
  summary: { zh: '修改密码', en: 'Change the password' },
  body: z.object({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }),
  reply: z.object({ changed: z.boolean() }),
})
