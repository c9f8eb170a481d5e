import { Refusal } from '#base'

/** Whether a text holds what may be a resident number, spaces and dashes inside it left aside. */
export const holdsNumber = (text: string): boolean =>
  /(?<!\d)\d{15}(?:\d{2}[\dX])?(?!\d)/iu.test(text.normalize('NFKC').replace(/(?<=\d)[\s-]+(?=[\dX])/giu, ''))

/** A reason or note goes into events and the audit chain, where no resident number may stand. */
export const refuseNumberIn = (text: string): void => {
  if (holdsNumber(text)) throw new Refusal('registry.number-in-text')
}
