/** Prisons: who serves a sentence, who serves it at home, who is out again. */
import { plusDays } from '../days.ts'
import type { WorldRow } from '../rows.ts'
import type { Person } from '../types.ts'
import { earlierDay, isWorkingAge, rowAbout, type Scene, someMembers, someOutsiders } from './scene.ts'

type State = WorldRow<'imprisonment'>['values']['state']

export const imprisonment = (scene: Scene): WorldRow<'imprisonment'>[] => {
  const { random, today } = scene
  const rows: WorldRow<'imprisonment'>[] = []
  const serve = (person: Person, state: State, endsOn: string | undefined, life = false): void => {
    const startedOn = earlierDay(scene, 4, 2)
    rows.push(rowAbout<'imprisonment'>(person, { state, startedOn, life, ...(endsOn ? { endsOn } : {}) }))
  }
  const later = (): string => plusDays(today, random.between(40, 2400))
  someMembers(scene, 160, isWorkingAge).forEach((person, i) => {
    const slot = i % 16
    if (slot < 5) serve(person, 'in-custody', later())
    else if (slot === 5) serve(person, 'in-custody', undefined, true)
    else if (slot === 6) serve(person, 'in-custody', undefined)
    else if (slot === 7) serve(person, 'in-custody', plusDays(today, i % 32 === 7 ? 0 : 1))
    else if (slot === 8) serve(person, 'in-custody', plusDays(today, -random.between(1, 200)))
    else if (slot < 11) serve(person, 'medical-parole', later())
    else if (slot === 11) serve(person, 'outside', later())
    else if (slot < 14) serve(person, 'parole', later())
    else serve(person, 'released', plusDays(today, -random.between(1, 900)))
  })
  for (const person of someOutsiders(scene, 240, isWorkingAge)) {
    serve(person, random.chance(750) ? 'in-custody' : 'released', later())
  }
  return rows
}
