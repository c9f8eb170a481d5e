/** A sentence in both languages. */
export interface Said {
  readonly zh: string
  readonly en: string
}

/** Fills `{name}` in both languages. */
export const say = (text: Said, values: Readonly<Record<string, string | Said>> = {}): Said => {
  const fill = (template: string, key: 'zh' | 'en') =>
    template.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : typeof value === 'string' ? value : value[key]
    })
  return { zh: fill(text.zh, 'zh'), en: fill(text.en, 'en') }
}
