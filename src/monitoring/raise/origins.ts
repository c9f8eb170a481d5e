/** Whether a role speaks for a higher level: civil affairs from the county up. Nobody else may send an alert down. */
export const sendsDown = (role: string): boolean => role === 'supervisor' || role === 'county-officer'

/** How a person of this role may say that something was found. */
export const originsFor = (role: string): readonly ('visit' | 'call' | 'superior')[] =>
  sendsDown(role) ? ['visit', 'call', 'superior'] : ['visit', 'call']
