import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashPassword, makePassword } from '#access/server'
import type { RegionCode } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import {
  insertAccounts,
  insertOrganisations,
  type NewAccount,
} from '../installation/installation.queries.server.ts'
import type { Installation } from '../installation/open.server.ts'
import { officesOf, platformOffice } from './offices.server.ts'

/** A demo account as it is printed once and kept in a file of mode 0600. */
export interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly role: string
  readonly office: string
}

interface Planned {
  readonly login: string
  readonly displayName: string
  readonly role: string
  readonly kind: string
  readonly regionCode: string
  readonly department?: string
}

/** Who works in the demo of 大理州: one account a role, in offices whose scopes differ. */
const planned = (place: string): readonly Planned[] => {
  const prefecture = place.slice(0, 4)
  const county = `${prefecture}01000000`
  return [
    { login: 'admin', displayName: '平台管理员', role: 'administrator', kind: 'platform', regionCode: place },
    {
      login: 'zhou',
      displayName: '州民政局督办',
      role: 'supervisor',
      kind: 'civil-affairs',
      regionCode: place,
    },
    {
      login: 'xian',
      displayName: '县级经办',
      role: 'county-officer',
      kind: 'civil-affairs',
      regionCode: county,
    },
    {
      login: 'xian2',
      displayName: '县级复核',
      role: 'county-officer',
      kind: 'civil-affairs',
      regionCode: county,
    },
    { login: 'zhen', displayName: '乡镇经办', role: 'township-officer', kind: 'township', regionCode: '' },
    { login: 'cun', displayName: '村级协理员', role: 'village-helper', kind: 'village', regionCode: '' },
    {
      login: 'jiaoyu',
      displayName: '教育部门经办',
      role: 'department-officer',
      kind: 'department',
      regionCode: county,
      department: 'education',
    },
    {
      login: 'gongan',
      displayName: '公安部门经办',
      role: 'department-officer',
      kind: 'department',
      regionCode: place,
      department: 'police',
    },
    { login: 'shenji', displayName: '审计', role: 'auditor', kind: 'civil-affairs', regionCode: place },
  ]
}

/** The township and village with the most households, so that their officers have work. */
export interface BusyPlaces {
  readonly township: string
  readonly village: string
}

const placed = (account: Planned, busy: BusyPlaces): Planned => {
  if (account.kind === 'township') return { ...account, regionCode: busy.township }
  return account.kind === 'village' ? { ...account, regionCode: busy.village } : account
}

/** Makes the demo's offices and accounts with random passwords; keeps them in `<dataDir>/demo-accounts.json`, mode 0600. */
export const makeDemoAccounts = async (
  installation: Installation,
  place: RegionCode,
  busy: BusyPlaces,
): Promise<DemoAccount[]> => {
  const offices = [...officesOf(installation.regions, place), platformOffice(place)]
  const accounts: NewAccount[] = []
  const shown: DemoAccount[] = []
  for (const account of planned(place).map((each) => placed(each, busy))) {
    const office = offices.find(
      ({ kind, regionCode, department }) =>
        kind === account.kind &&
        regionCode === account.regionCode &&
        department === (account.department ?? null),
    )
    if (!office) continue
    const password = makePassword()
    const { login, displayName, role } = account
    accounts.push({
      login,
      displayName,
      role,
      organisationId: office.id,
      passwordHash: await hashPassword(password),
      mustChangePassword: false,
    })
    shown.push({ login, password, role, office: office.name })
  }
  await inScope(installation.database, everywhere, async (tx) => {
    await insertOrganisations(tx, offices)
    await insertAccounts(tx, accounts)
  })
  writeFileSync(join(installation.dataDir, 'demo-accounts.json'), `${JSON.stringify(shown, null, 2)}\n`, {
    mode: 0o600,
  })
  return shown
}
