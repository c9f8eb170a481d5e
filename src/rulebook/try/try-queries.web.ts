import { useMutation, useQuery } from '@tanstack/react-query'
import { callRoute } from '#access/web'
import { useWrite } from '#ui/web'
import {
  changeTrial,
  explainSaved,
  explainTrial,
  findHouseholds,
  listTrials,
  readDictionary,
  readTrial,
  saveTrial,
  takeHousehold,
  tryHousehold,
} from './contract.ts'
import type { TrialSubject, Unsaid } from './subject.ts'
import type { TriedValues } from './tried-values.ts'

/** A trial as it is sent. */
export interface TrialInput {
  readonly on: string
  readonly region: string
  readonly unsaid: Unsaid
  readonly household: TrialSubject
  /** Other values of parameters than those in force. */
  readonly values?: TriedValues | undefined
}

/** One programme's answer: of a household that was typed in, or of a saved trial. */
export type Answered = {
  readonly programme: string
  readonly place: string
} & ({ readonly input: TrialInput } | { readonly trialId: string })

/** What can be entered. */
export const useDictionary = () =>
  useQuery({
    queryKey: [readDictionary.path],
    staleTime: 300_000,
    queryFn: ({ signal }) => callRoute(readDictionary, { signal }),
  })

/** Judges a household; nothing is kept. */
export const useJudging = () =>
  useMutation({
    mutationFn: (input: TrialInput) => callRoute(tryHousehold, { body: input, onlyReads: true }),
    gcTime: 0,
  })

// What was typed in is forgotten as soon as the page is left.
const unkept = { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false } as const

export const useReasons = (answered: Answered, enabled: boolean) =>
  useQuery({
    ...unkept,
    enabled,
    queryKey: [explainTrial.path, answered],
    queryFn: async ({ signal }) => {
      const { programme, place } = answered
      if ('trialId' in answered) {
        const params = { id: answered.trialId }
        return (await callRoute(explainSaved, { params, query: { programme, place }, signal })).reasons
      }
      const body = { ...answered.input, programme, place }
      return (await callRoute(explainTrial, { body, onlyReads: true, signal })).reasons
    },
  })

export const useChanges = (answered: Answered, enabled: boolean) =>
  useQuery({
    ...unkept,
    enabled: enabled && 'input' in answered,
    queryKey: [changeTrial.path, answered],
    queryFn: async ({ signal }) => {
      const { programme, place } = answered
      const body = { ...('input' in answered ? answered.input : {}), programme, place }
      return (await callRoute(changeTrial, { body, onlyReads: true, signal, timeoutMs: 60_000 })).changes
    },
  })

export const useHouseholdSearch = () =>
  useMutation({
    mutationFn: (text: string) => callRoute(findHouseholds, { body: { text }, onlyReads: true }),
    gcTime: 0,
  })

export const useTaking = (onDone: (taken: Awaited<ReturnType<typeof take>>) => void) =>
  useMutation({ mutationFn: take, gcTime: 0, onSuccess: onDone })

const take = ({ id, on }: { readonly id: string; readonly on: string }) =>
  callRoute(takeHousehold, { params: { id }, query: { on } })

interface SaveInput extends Omit<TrialInput, 'values'> {
  readonly householdId?: string | undefined
  readonly note?: string | undefined
}

export const useSaving = (onDone: (id: string) => void) =>
  useWrite({
    write: (input: SaveInput, { idempotencyKey }) => callRoute(saveTrial, { body: input, idempotencyKey }),
    invalidates: [[listTrials.path]],
    onDone: ({ id }) => onDone(id),
  })

export const useSavedTrial = (id: string) =>
  useQuery({
    queryKey: [readTrial.path, id],
    queryFn: ({ signal }) => callRoute(readTrial, { params: { id }, signal }),
  })
