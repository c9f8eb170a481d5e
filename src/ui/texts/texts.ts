// Texts live in catalogs beside the feature that shows them: zh-CN is the source, en must have the same shape.

/** The languages the pages can be read in; the first is the source. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language)

/** A catalog: texts, or groups of texts. */
export type TextTree = { readonly [key: string]: string | TextTree }

// English has a singular where Chinese has none, so `rows_other` may get a `rows_one` beside it.
type Singulars<Tree> = {
  readonly [K in keyof Tree as K extends `${infer Name}_other` ? `${Name}_one` : never]?: string
}

/**
 * The shape a translation of a catalog must have: `export const en: Texts<typeof zhCN> = { … }`.
 * A key `x_other` may be accompanied by `x_one`.
 */
export type Texts<Tree> = {
  readonly [K in keyof Tree]: Tree[K] extends string ? string : Texts<Tree[K]>
} & Singulars<Tree>

type WithoutPlural<Key extends string> = Key extends `${infer Name}_other` ? Name : Key

/** All keys of a catalog, groups joined with dots, plural endings taken off. */
export type TextKey<Tree> = {
  [K in keyof Tree & string]: Tree[K] extends string ? WithoutPlural<K> : `${K}.${TextKey<Tree[K]>}`
}[keyof Tree & string]

/** The source text under a key. */
export type TextAt<Tree, Key extends string> = Key extends `${infer Group}.${infer Rest}`
  ? Group extends keyof Tree
    ? TextAt<Tree[Group], Rest>
    : never
  : Key extends keyof Tree
    ? Tree[Key]
    : `${Key}_other` extends keyof Tree
      ? Tree[`${Key}_other`]
      : never

/** Names of the `{{gaps}}` in a text. */
export type Gaps<Text> = Text extends `${string}{{${infer Gap}}}${infer Rest}` ? Gap | Gaps<Rest> : never

type Fillings<Text> = [Gaps<Text>] extends [never] ? [] : [Readonly<Record<Gaps<Text>, string | number>>]

/** Gives the text under a key in the reader's language; gaps in the source text must be filled. */
export type Translate<Tree> = <Key extends TextKey<Tree>>(
  key: Key,
  ...fillings: Fillings<TextAt<Tree, Key>>
) => string

/** The texts of one feature in all languages, under a name of their own. */
export interface Catalog<Tree extends TextTree = TextTree> {
  readonly name: string
  readonly texts: { readonly 'zh-CN': Tree; readonly en: TextTree }
}

/** Puts the texts of one feature together. The name is `room/feature` and unique in the console. */
export const defineTexts = <Tree extends TextTree>(
  name: string,
  zhCN: Tree,
  en: Texts<Tree>,
): Catalog<Tree> => ({
  name,
  texts: { 'zh-CN': zhCN, en: en as TextTree },
})

/** A count as people read it: separators only above 9,999, so that years and short counts stay plain. */
export const countText = (count: number): string =>
  Math.abs(count) > 9999 ? String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',') : String(count)
