/** The distance of ticks so that at most about `room` texts of this width fit side by side: every first, second, third … */
export const everyNth = (count: number, textWidth: number, room: number): number =>
  Math.max(1, Math.ceil((count * textWidth) / Math.max(1, room)))

/** How wide a text is drawn, near enough to keep it from its neighbour: a Chinese character is as wide as it is high. */
export const widthOf = (text: string, size = 14): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? size : size * 0.58), 0)

/** Heights moved apart so that none stands closer than `gap` to the next; their order stays. */
export const movedApart = (heights: readonly number[], gap: number): readonly number[] => {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height)
  const moved = [...heights]
  let last = Number.NEGATIVE_INFINITY
  for (const { height, index } of order) {
    last = Math.max(height, last + gap)
    moved[index] = last
  }
  return moved
}
