/** Questions about the small pack of tests: every kind of them. */
export const sampleQuestions = `people: { list: members, born: bornOn }
advice:
  bring: { zh: "户口本", en: "register" }
  ask: { zh: "村委会", en: "village" }
programmes:
  care: { bring: { zh: "病历", en: "medical file" } }
questions:
  - { id: place, kind: place, ask: { zh: "住在哪里？", en: "Where?" } }
  - id: residence
    kind: choice
    ask: { zh: "城里还是农村？", en: "Town?" }
    help: { zh: "按现在住的", en: "by where you live" }
    answers:
      - { id: urban, label: { zh: "城镇", en: "town" }, facts: { household: { residence: urban } } }
      - { id: rural, label: { zh: "农村", en: "countryside" }, facts: { household: { residence: rural } } }
  - { id: income, kind: money, ask: { zh: "一个月多少钱？", en: "How much?" }, fact: { of: self, name: wageFen } }
  - { id: age, kind: age, ask: { zh: "多大了？", en: "How old?" }, born: { of: self, name: bornOn } }
  - { id: others, kind: people, ask: { zh: "还有几个人？", en: "How many more?" }, most: 8, ageYears: 10, facts: { wageFen: 0 } }
`
