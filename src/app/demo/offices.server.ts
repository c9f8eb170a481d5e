import { newId, prefixOf, type RegionCode, type RegionTree, regionCode } from '#base'
import type { NewOrganisation } from '../installation/installation.queries.server.ts'

/** Departments that send files or get alerts, with the ending of their office's name at a county. */
const departments: Readonly<Record<string, string>> = {
  police: '公安局',
  justice: '司法局',
  resources: '自然资源局',
  market: '市场监督管理局',
  labour: '人力资源和社会保障局',
  fund: '住房公积金管理部',
  finance: '财政局',
  insurance: '医疗保障局',
  disabled: '残疾人联合会',
  education: '教育体育局',
  agriculture: '农业农村局',
  emergency: '应急管理局',
}

const office = (
  name: string,
  kind: string,
  code: string,
  department: string | null = null,
): NewOrganisation => ({
  id: newId(),
  name,
  kind,
  department,
  regionCode: code,
})

/** Offices of a place: civil affairs at each level, every department at city and counties, townships and villages. */
export const officesOf = (tree: RegionTree, place: RegionCode): NewOrganisation[] => {
  const prefix = prefixOf(place)
  const inside = tree.all.filter(({ code }) => code.startsWith(prefix))
  return inside.flatMap(({ code, name, level }): NewOrganisation[] => {
    if (level === 'township')
      return [office(`${name}${/街道$/u.test(name) ? '办事处' : '人民政府'}`, 'township', code)]
    if (level === 'village') return [office(name, 'village', code)]
    return [
      office(`${name}民政局`, 'civil-affairs', code),
      ...Object.entries(departments).map(([department, ending]) =>
        office(`${name}${ending}`, 'department', code, department),
      ),
    ]
  })
}

/** The platform's own office, for administrators. */
export const platformOffice = (place: string): NewOrganisation =>
  office('兜底平台管理', 'platform', regionCode(place))
