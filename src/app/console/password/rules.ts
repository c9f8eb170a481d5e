export interface PasswordValues {
  readonly current: string
  readonly next: string
  readonly repeat: string
}

export interface PasswordFault {
  readonly field: keyof PasswordValues
  readonly key: 'currentMissing' | 'nextShort' | 'nextSame' | 'repeatDiffers'
}

/** The shortest new password the form sends; the server has the last word. */
export const shortestPassword = 10

/** What the form can tell before asking the server; the first fault of each field. */
export const passwordFaults = ({ current, next, repeat }: PasswordValues): PasswordFault[] => {
  const faults: PasswordFault[] = []
  if (!current) faults.push({ field: 'current', key: 'currentMissing' })
  if ([...next].length < shortestPassword) faults.push({ field: 'next', key: 'nextShort' })
  else if (next === current) faults.push({ field: 'next', key: 'nextSame' })
  if (next !== repeat) faults.push({ field: 'repeat', key: 'repeatDiffers' })
  return faults
}
