import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { callRoute } from '#access/web'
import { useWrite } from '#ui/web'
import {
  checkSimulation,
  drawCliff,
  listSimulations,
  readSimulation,
  readSimulationChoices,
  runSimulation,
  type SimulationQuestion,
  saveSimulation,
  type TypicalHousehold,
} from './contract.ts'

/** What can be asked on a day in a region; the former choices stay while others are read. */
export const useChoices = (on: string | undefined, region: string | undefined) =>
  useQuery({
    queryKey: [readSimulationChoices.path, on, region],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callRoute(readSimulationChoices, { query: { on, region }, signal }),
  })

// A first run reads the registry; nobody is told "no answer" while the server is still counting.
const patienceMs = 300_000

/** Runs a simulation and lets the reader give it up. */
export const useRunning = () => {
  const stopper = useRef<AbortController>(undefined)
  const [isCancelled, setIsCancelled] = useState(false)
  const running = useMutation({
    mutationFn: (question: SimulationQuestion) => {
      // Another question takes the place of the one before.
      stopper.current?.abort()
      stopper.current = new AbortController()
      setIsCancelled(false)
      const { signal } = stopper.current
      return callRoute(runSimulation, {
        body: { question },
        onlyReads: true,
        signal,
        timeoutMs: patienceMs,
      })
    },
  })
  const cancel = () => {
    stopper.current?.abort()
    setIsCancelled(true)
  }
  const error = isCancelled ? null : running.error
  const isRunning = running.isPending && !isCancelled
  return { ...running, error, isRunning, isCancelled, cancel }
}

export type Running = ReturnType<typeof useRunning>

interface CliffInput {
  readonly question: SimulationQuestion
  readonly typical: TypicalHousehold
}

/** Draws net position against income. */
export const useDrawing = () =>
  useMutation({
    mutationFn: (input: CliffInput) =>
      callRoute(drawCliff, { body: input, onlyReads: true, timeoutMs: patienceMs }),
  })

interface SaveInput {
  readonly title: string
  readonly question: SimulationQuestion
  readonly typical: TypicalHousehold | null
}

export const useSaving = (onDone: (saved: { readonly id: string; readonly number: string }) => void) =>
  useWrite({
    write: (input: SaveInput, { idempotencyKey }) =>
      callRoute(saveSimulation, { body: input, idempotencyKey, timeoutMs: patienceMs }),
    invalidates: [[listSimulations.path]],
    onDone,
  })

export const useSimulation = (id: string) =>
  useQuery({
    queryKey: [readSimulation.path, id],
    enabled: id !== '',
    queryFn: ({ signal }) => callRoute(readSimulation, { params: { id }, signal }),
  })

/** Computes a saved report again, when asked. */
export const useChecking = (id: string) =>
  useMutation({
    mutationFn: () => callRoute(checkSimulation, { params: { id }, timeoutMs: patienceMs }),
  })
