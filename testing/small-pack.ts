import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CheckedPack, openPack } from '#rulebook/server'

// A pack of two programmes that tests can reason about by head: aid for a household, care money for a member.
const text = (zh: string, en: string): string => `{ zh: ${JSON.stringify(zh)}, en: ${JSON.stringify(en)} }`
const sentence = (zh: string, en: string): string =>
  `{ citizen: ${text(zh, en)}, officer: ${text(`经办：${zh}`, `officer ${en}`)} }`

const smallFiles = (standardFen: number): Readonly<Record<string, string>> => ({
  'pack.yaml': `id: small
title: ${text('小规则包', 'Small pack')}
version: 1.0.0
effective: { from: 2024-01-01 }
region: "530000000000"
summary: ${text('测试用', 'for tests')}
`,
  'facts.yaml': `entities:
  household: { label: ${text('家庭', 'household')} }
  member: { label: ${text('成员', 'member')}, within: household, most: 10 }
facts:
  household:
    residence:
      type: code
      values: { urban: ${text('城镇', 'urban')}, rural: ${text('农村', 'rural')} }
      unknown: true
      label: ${text('城乡类别', 'urban or rural')}
      from: { registry: application }
      derivation: As told.
  member:
    wageFen:
      type: number
      unit: fen
      range: [0, 1000000000]
      unknown: true
      label: ${text('每月工资', 'monthly wage')}
      from: { registry: application }
      derivation: As told.
    bornOn: { type: date, unknown: true, label: ${text('出生日期', 'date of birth')}, from: { registry: number }, derivation: As told., usual: 1980-01-01 }
    needsCare: { type: boolean, unknown: true, label: ${text('需要照料', 'needs care')}, from: { registry: visit }, derivation: As seen. }
`,
  'parameters.yaml': `standardFen:
  type: number
  unit: fen
  range: [1, 10000000]
  label: ${text('保障标准', 'standard')}
  values:
    - { value: ${standardFen}, from: 2024-01-01, source: { document: small-1, clause: 第二条 }, checkedOn: 2026-01-01 }
`,
  'rules.yaml': `gapFen:
  entity: household
  name: ${text('收入缺口', 'gap of income')}
  type: number
  unit: fen
  value: total(for m in members return parameters.standardFen - m.wageFen)
  sources: [{ document: small-1, clause: 第三条 }]
  checkedOn: 2026-01-01
aid:
  entity: household
  name: ${text('符合补助条件', 'entitled to aid')}
  type: boolean
  value: gapFen > 0 and residence = "urban"
  sources: [{ document: small-1, clause: 第一条 }]
  checkedOn: 2026-01-01
aidFen:
  entity: household
  name: ${text('补助金额', 'amount of aid')}
  type: number
  unit: fen
  value: max(0, gapFen)
  sources: [{ document: small-1, clause: 第三条 }]
  checkedOn: 2026-01-01
care:
  entity: member
  name: ${text('符合照料条件', 'entitled to care')}
  type: boolean
  value: needsCare
  sources: [{ document: small-1, clause: 第四条 }]
  checkedOn: 2026-01-01
`,
  'programmes.yaml': `aid:
  name: ${text('生活补助', 'Living aid')}
  tier: basic
  entity: household
  eligible: aid
  amount: { rule: aidFen, per: month }
  sentences:
    eligible: ${sentence('每月{amount}。', '{amount} a month.')}
    notEligible: ${sentence('不符合。', 'not entitled')}
    unknown: ${sentence('还要查明{missing}。', 'missing {missing}')}
  sources: [{ document: small-1, clause: 第一条 }]
  checkedOn: 2026-01-01
care:
  name: ${text('照料补贴', 'Care money')}
  tier: special
  entity: member
  eligible: care
  sentences:
    eligible: ${sentence('可以申请照料补贴。', 'may ask for care money')}
    notEligible: ${sentence('不符合。', 'not entitled')}
    unknown: ${sentence('还要查明{missing}。', 'missing {missing}')}
  sources: [{ document: small-1, clause: 第四条 }]
  checkedOn: 2026-01-01
`,
  'sources.yaml': `small-1: { title: ${text('小办法', 'Small measures')}, number: 小发〔2024〕1号, issuer: ${text('某地', 'somewhere')}, status: in-force }
`,
  'cases/aid.yaml': `defaults: { on: 2026-01-01, region: "530000000000" }
cases:
  - { id: C1-below, name: 有缺口, given: { residence: urban }, members: [{ wageFen: ${standardFen - 1} }], expect: { aid: true, aidFen: 1 } }
  - { id: C1-at, name: 正好, given: { residence: urban }, members: [{ wageFen: ${standardFen} }], expect: { aid: false, gapFen: 0 } }
  - { id: C1-above, name: 超过, given: { residence: urban }, members: [{ wageFen: ${standardFen + 1} }], expect: { aid: false } }
  - { id: C2, name: 需要照料, members: [{ needsCare: true }, { needsCare: unknown }], expect: { members: [{ care: true }, { care: { unknown: [needsCare] } }] } }
`,
})

/** A folder of packs with the small one, whose standard may be changed as if the files had been. */
export interface SmallPacks {
  readonly folder: string
  open(): CheckedPack
  setStandard(fen: number): void
  remove(): void
}

/** Writes the small pack into a folder of its own; further files may be put into it. */
export const writeSmallPack = (more: Readonly<Record<string, string>> = {}): SmallPacks => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-small-pack-'))
  const write = (files: Readonly<Record<string, string>>) => {
    mkdirSync(join(folder, 'small', 'cases'), { recursive: true })
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'small', name), content)
  }
  write({ ...smallFiles(80_000), ...more })
  return {
    folder,
    open: () => openPack('small', { policies: folder }),
    setStandard: (fen) => write(smallFiles(fen)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
