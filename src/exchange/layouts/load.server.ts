import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { assert } from '#base'
import { type Layout, parseLayout } from './layout.ts'

const shipped = new URL('../../../layouts/', import.meta.url)

/** The layouts that come with the program, by id. A layout that contradicts itself stops the start, its file named. */
export const loadLayouts = async (folder: URL = shipped): Promise<Layout[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  const layouts = await Promise.all(names.map((name) => loadLayout(folder, name)))
  const ids = new Set(layouts.map((l) => l.id))
  assert(ids.size === layouts.length, 'two layouts have one id')
  return layouts
}

const loadLayout = async (folder: URL, name: string): Promise<Layout> => {
  const text = await readFile(new URL(name, folder), 'utf8')
  try {
    const layout = parseLayout(parse(text))
    assert(`${layout.id}.yaml` === name, `its id is ${layout.id}`)
    return layout
  } catch (fault) {
    throw new Error(`layouts/${name}: ${fault instanceof Error ? fault.message : String(fault)}`, {
      cause: fault,
    })
  }
}
