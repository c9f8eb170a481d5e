// The package brings no types along: what we use of it (pino-roll 4).
declare module 'pino-roll' {
  import type { destination } from 'pino'

  type RollingOptions = {
    file: string
    size?: string
    frequency?: 'daily' | 'hourly'
    dateFormat?: string
    limit?: { count?: number; removeOtherLogFiles?: boolean }
    mode?: number
    maxLength?: number
  }
  function openRolling(options: RollingOptions): Promise<ReturnType<typeof destination>>
  export = openRolling
}
