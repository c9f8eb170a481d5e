/** The shapes of a demo world. Dates are 'YYYY-MM-DD', months 'YYYY-MM', money whole fen, region codes 12 digits. */

export type Sex = 'male' | 'female'

/** One village or community with the names above it, as the region list spells them. */
export interface Place {
  readonly village: string
  readonly villageName: string
  readonly township: string
  readonly townshipName: string
  readonly county: string
  readonly countyName: string
}

export type Category = 'dibao' | 'tekun' | 'dibaoMargin' | 'rigidExpenditure' | 'otherHardship'
export type Relation =
  | 'head'
  | 'spouse'
  | 'son'
  | 'daughter'
  | 'parent'
  | 'grandparent'
  | 'grandchild'
  | 'daughter-in-law'
  | 'son-in-law'
  | 'sibling'
export type WorkStatus =
  | 'none'
  | 'farming'
  | 'casual'
  | 'employee'
  | 'self-employed'
  | 'public-post'
  | 'student'
  | 'retired'
  | 'child'
/** Work as the registry asks for it; children are not asked. */
export type DeclaredWork = 'none' | 'employed' | 'flexible' | 'farming' | 'student' | 'retired'
export type Stage = 'kindergarten' | 'primary' | 'junior' | 'senior' | 'vocational' | 'university'
/** 类: the needs that a household is labelled with. */
export type Need = 'medical' | 'education' | 'housing' | 'employment' | 'disaster' | 'care'
/** 老、小、残、病: the special groups a person belongs to. */
export type GroupTag = 'elder' | 'minor' | 'disabled' | 'ill'

/** A disability certificate: class 1 to 7, grade 1 (gravest) to 4; the certificate number carries both. */
export interface Disability {
  readonly class: 1 | 2 | 3 | 4 | 5 | 6 | 7
  readonly grade: 1 | 2 | 3 | 4
  readonly issuedOn: string
  readonly expiresOn: string
}

export interface CareAgreement {
  readonly validFrom: string
  /** The first day on which it no longer holds; absent = open ended. */
  readonly validUntil?: string
}

/**
 * What the registry was told about a person. A property that is missing was never declared (unknown);
 * null was declared as "none".
 */
export interface DeclaredPerson {
  workStatus?: DeclaredWork
  monthlyIncomeFen?: number
  disability?: Disability | null
  illness?: 'serious' | 'chronic' | null
  schooling?: Stage | null
  /** True when the person's pension is on record. */
  pension?: boolean
  careAgreement?: CareAgreement | null
}

/** Somebody with a name; registry members and outsiders alike. */
export interface Person {
  /** 'P000001' in the registry, 'O00001' known only to departments. Never leaves the sandbox's truth. */
  readonly key: string
  readonly name: string
  readonly sex: Sex
  readonly birthDate: string
  /** Absent: nobody recorded one. */
  readonly number?: string
  readonly ethnicity: string
  readonly place: Place
  /** What the person really does; departments and declarations are drawn from it and may differ. */
  readonly work: WorkStatus
  readonly stage?: Stage
  readonly disability?: Disability
  /** 110 from an employer's insurance, 170 a resident's; drawn for more than six months. */
  readonly pension?: '110' | '170'
  /** Household number; outsiders have none. */
  readonly household?: string
}

export interface Member extends Person {
  readonly household: string
  readonly relation: Relation
  readonly tags: readonly GroupTag[]
  readonly singlePersonDibao: boolean
  /** Supported as a person in extreme hardship. */
  readonly tekunPerson: boolean
  readonly declared: DeclaredPerson
}

/** Somebody who owes support and lives elsewhere. */
export interface Supporter {
  readonly name: string
  readonly relation: 'son' | 'daughter' | 'parent'
  /** Key of an outsider, where departments know the person too. */
  readonly key?: string
  readonly number?: string
}

export interface Household {
  /** 'H' + county's last four digits + a running number. */
  readonly number: string
  readonly headKey: string
  readonly memberKeys: readonly string[]
  readonly category: Category
  readonly confirmedOn: string
  readonly place: Place
  readonly urban: boolean
  readonly needs: readonly Need[]
  /** Declared yearly figures of the whole household; missing = never declared. */
  readonly annualIncomeFen?: number
  readonly annualExpenditureFen?: number
  readonly depositsFen?: number
  readonly homes?: number
  readonly vehicles?: number
  readonly supporters: readonly Supporter[]
}

export interface Registry {
  /** Sorted by number. */
  readonly households: readonly Household[]
  /** Sorted by key. */
  readonly persons: readonly Member[]
}

export interface WorldInput {
  /** Four digits of the prefecture. */
  readonly region: string
  /** How many people the registry holds. */
  readonly persons: number
  readonly seed: number
  readonly businessDate: string
}
