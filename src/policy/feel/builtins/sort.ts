import { callFunction } from '../value/call.ts'
import type { FeelFunction, FeelList, FeelRun, FeelValue } from '../value/value.ts'

type Precedes = (left: FeelValue, right: FeelValue) => boolean | null

// A merge keeps equal items in their order and asks only "does this precede that?", which is all `precedes` can answer.
const merge = (left: FeelList, right: FeelList, precedes: Precedes): FeelList | null => {
  const merged: FeelValue[] = []
  let [a, b] = [0, 0]
  while (a < left.length && b < right.length) {
    const later = precedes(right[b] ?? null, left[a] ?? null)
    if (later === null) return null
    merged.push((later ? right[b++] : left[a++]) ?? null)
  }
  return [...merged, ...left.slice(a), ...right.slice(b)]
}

const mergeSort = (list: FeelList, precedes: Precedes): FeelList | null => {
  if (list.length < 2) return list
  const middle = Math.floor(list.length / 2)
  const left = mergeSort(list.slice(0, middle), precedes)
  const right = left && mergeSort(list.slice(middle), precedes)
  return left && right && merge(left, right, precedes)
}

/** The list in the order of the function, stable; null where it does not answer for a pair. */
export const sort = (list: FeelList, precedes: FeelFunction, run: FeelRun): FeelValue => {
  if (precedes.parameters.length !== 2) return null
  return mergeSort(list, (left, right) => {
    const answer = callFunction(precedes, [left, right], run)
    return typeof answer === 'boolean' ? answer : null
  })
}
