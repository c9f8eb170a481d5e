import { addWorkdays, type BusinessDate, contains, type Due, regionCode, type WorkCalendar } from '#base'

export type Grade = 'red' | 'orange' | 'yellow'

/** Working days until an alert of a grade is due, raised or handed on (S4 2.3: graded, time-limited; the figures are ours). */
export type DueWorkdays = Readonly<Record<Grade, number>>

/** What is in force on a day: a parameter of the pack by grade, which may change from a day on. */
export type DueDays = (on: BusinessDate) => DueWorkdays

/** The due date of an alert that somebody gets today; where the calendar ends it awaits the calendar. */
export const dueAfter = (today: BusinessDate, grade: Grade, days: DueDays, calendar: WorkCalendar): Due =>
  addWorkdays(today, days(today)[grade], calendar)

export interface Office {
  readonly id: string
  readonly kind: string
  readonly department: string | null
  readonly regionCode: string
}

/** A place in which the administration of a zone takes the step of a county or of a township. */
export interface ZoneArea {
  readonly zone: string
  readonly actsAs: 'county' | 'township'
  /** With everything below it. */
  readonly area: string
}

const officeKind = { county: 'civil-affairs', township: 'township' } as const

const prefix = (code: string, length: number): string => code.slice(0, length).padEnd(12, '0')

/**
 * Offices found by kind and place. Made once per run from the list of all. Where a zone acts as county or township and
 * has an office for it, that office comes first.
 */
export const officeIndex = (offices: readonly Office[], zones: readonly ZoneArea[] = []) => {
  const byKey = new Map(
    offices.map((office) => [`${office.kind} ${office.department ?? ''} ${office.regionCode}`, office]),
  )
  const find = (kind: string, department: string | null, code: string) =>
    byKey.get(`${kind} ${department ?? ''} ${code}`)
  const ofZone = (actsAs: ZoneArea['actsAs'], kind: string, department: string | null, code: string) => {
    const over = zones.find(
      (one) => one.actsAs === actsAs && contains(regionCode(one.area), regionCode(code)),
    )
    return over && find(kind, department, over.zone)
  }
  const civilAffairs = (code: string): Office | undefined =>
    ofZone('county', 'civil-affairs', null, code) ??
    find('civil-affairs', null, prefix(code, 6)) ??
    find('civil-affairs', null, prefix(code, 4)) ??
    find('civil-affairs', null, prefix(code, 2))
  const township = (code: string): Office | undefined =>
    ofZone('township', 'township', null, code) ?? find('township', null, prefix(code, 9))
  const isOneVillage = ({ area }: ZoneArea): boolean => area !== prefix(area, 9)
  const cuts = zones.some((one) => isOneVillage(one) && find(officeKind[one.actsAs], null, one.zone))
  return {
    civilAffairs,
    township,
    /** How many digits of a place say who stands there: a township's, or a village's where a zone takes single ones. */
    width: cuts ? 12 : 9,
    department: (name: string, code: string): Office | undefined =>
      ofZone('county', 'department', name, code) ??
      find('department', name, prefix(code, 6)) ??
      find('department', name, prefix(code, 4)),
    /** The office one level up: village → township → county → city → province; a department's goes to civil affairs. */
    above: (office: Office): Office | undefined => {
      if (office.kind === 'department' || office.kind === 'township') return civilAffairs(office.regionCode)
      if (office.kind === 'village') return township(office.regionCode) ?? civilAffairs(office.regionCode)
      const own = office.regionCode
      if (own === prefix(own, 6) && own !== prefix(own, 4)) return find('civil-affairs', null, prefix(own, 4))
      return find('civil-affairs', null, prefix(own, 2))
    },
  }
}

export type OfficeIndex = ReturnType<typeof officeIndex>

/**
 * Who gets a new alert: red goes to the county, which sends it on; a lead goes to the desk of the department that
 * knows the person; all else to the township. Whoever is missing is stood in for by the county.
 */
export const firstHolder = (
  offices: OfficeIndex,
  alert: {
    readonly grade: Grade
    readonly subjectKind: 'household' | 'lead'
    readonly owner: string
    readonly regionCode: string
  },
): Office | undefined => {
  const county = offices.civilAffairs(alert.regionCode)
  if (alert.grade === 'red') return county
  if (alert.subjectKind === 'lead') return offices.department(alert.owner, alert.regionCode) ?? county
  return offices.township(alert.regionCode) ?? county
}
