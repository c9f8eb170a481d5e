import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const country = {
  'pack.yaml': `id: small-country
title: { zh: 小国规则, en: Small country }
version: 1.0.0
effective: { from: 2020-01-01 }
region: "000000000000"
summary: { zh: 测试用, en: For tests }
`,
  'facts.yaml': `entities:
  household: { label: { zh: 家庭, en: household } }
  member: { label: { zh: 成员, en: member }, within: household, most: 20 }
facts:
  household: {}
  member:
    monthlyIncomeFen:
      type: number
      unit: fen
      range: [0, 10000000]
      unknown: true
      label: { zh: 月收入, en: monthly income }
      from: { registry: declared }
      derivation: Declared by the household.
`,
  'parameters.yaml': `# What the place sets.
standardFen:
  type: number
  unit: fen
  range: [1, 10000000]
  label: { zh: 救助标准, en: standard }
  floors: [{ parameter: floorFen }]
  values:
    - from: 2020-01-01 # left open
      source: { document: doc-2020-1, clause: 第三条 }
      checkedOn: 2026-01-01
floorFen:
  type: number
  unit: fen
  range: [1, 10000000]
  label: { zh: 省定下限, en: floor }
  values:
    - { value: 40000, from: 2020-01-01, source: { document: doc-2020-1, clause: 第四条 }, checkedOn: 2026-01-01 }
mode:
  type: text
  options: { strict: { zh: 从严, en: strict }, mild: { zh: 从宽, en: mild } }
  label: { zh: 口径, en: mode }
  values:
    - { value: mild, from: 2020-01-01, source: { document: doc-2020-1, clause: 第五条 }, checkedOn: 2026-01-01 }
`,
  'rules.yaml': `incomeFen:
  entity: household
  name: { zh: 家庭月收入, en: household income }
  type: number
  unit: fen
  value: |
    total(members.monthlyIncomeFen)
  sources: [{ document: doc-2020-1, clause: 第二条 }]
  checkedOn: 2026-01-01
aid:
  entity: household
  name: { zh: 收入低于标准, en: income below the standard }
  type: boolean
  value: |
    incomeFen < parameters.standardFen
  sources: [{ document: doc-2020-1, clause: 第三条 }]
  checkedOn: 2026-01-01
`,
  'programmes.yaml': `aid:
  name: { zh: 小额救助, en: small aid }
  tier: basic
  entity: household
  eligible: aid
  sentences:
    eligible: { citizen: { zh: 符合, en: eligible }, officer: { zh: "收入{incomeFen}", en: "income {incomeFen}" } }
    notEligible: { citizen: { zh: 不符合, en: no }, officer: { zh: 不符合, en: no } }
    unknown: { citizen: { zh: "待查{missing}", en: "{missing}" }, officer: { zh: "待查{missing}", en: "{missing}" } }
  sources: [{ document: doc-2020-1, clause: 第一条 }]
  checkedOn: 2026-01-01
`,
  'sources.yaml': `doc-2020-1:
  title: { zh: 小国救助办法, en: Measures of the small country }
  number: 小民发〔2020〕1号
  issuer: { zh: 小国民政部, en: Ministry }
  status: in-force
`,
  'cases/aid.yaml': `defaults:
  on: 2024-06-15
  region: "532900000000"
  parameters: { standardFen: 60000 }
cases:
  - id: C1
    name: 低于标准一分
    given: {}
    members: [{ monthlyIncomeFen: 59999 }]
    expect: { aid: true, incomeFen: 59999 }
  - id: C2
    name: 正好等于标准
    members: [{ monthlyIncomeFen: 60000 }]
    expect: { aid: false }
  - id: C3
    name: 高于标准一分
    members: [{ monthlyIncomeFen: 60001 }]
    expect: { aid: false }
`,
}

const place = {
  'pack.yaml': `id: small-place
title: { zh: 小州规则, en: Small place }
version: 1.0.0
effective: { from: 2022-01-01 }
region: "532900000000"
over: small-country
summary: { zh: 测试用, en: For tests }
`,
  'parameters.yaml': `# The place's own.
standardFen:
  values:
    - value: 60000 # since the first notice
      from: 2022-01-01
      source: { document: doc-2020-1, clause: 第三条 }
      checkedOn: 2026-01-01
`,
}

type Texts = Readonly<Record<string, string>>

const write = (folder: string, id: string, files: Texts) => {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, id, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** A folder with two small packs, one over the other; `changes` replace files of the upper one. */
export const makeSmallPacks = (
  changes: Texts = {},
): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-packs-'))
  write(folder, 'small-country', country)
  write(folder, 'small-place', { ...place, ...changes })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
