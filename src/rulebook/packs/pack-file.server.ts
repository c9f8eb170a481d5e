import { contentFrom } from './content.ts'
import type { CheckedPack } from './packs.server.ts'

/**
 * The text of a further file of a pack in force, from the highest of its layers that has one; undefined where none has.
 * It is part of what the pack's hash is of.
 */
export const findPackFile = ({ content }: Pick<CheckedPack, 'content'>, name: string): string | undefined =>
  contentFrom(content)
    .layers.toReversed()
    .map(({ files }) => files[name])
    .find((text) => text !== undefined)
