import type { ReactNode } from 'react'
import type { SimulationResult } from './contract.ts'
import { AboutSection, ChangesSection, Headline, MissingSection } from './report.web.tsx'
import { RareSection } from './report-rare.web.tsx'
import {
  BandsSection,
  CountiesSection,
  ExamplesSection,
  MonthsSection,
  ProgrammesSection,
} from './report-tables.web.tsx'

interface ReportProps {
  readonly result: SimulationResult
  /** What the report is called in the names of saved files. */
  readonly name: string
  readonly resultHash?: string
  /** The curve of a typical household. */
  readonly children?: ReactNode
}

/** A whole report: what comes out first, what it rests on last. */
export const Report = ({ result, name, resultHash, children }: ReportProps) => (
  <div className="simulation-report dd-page-content">
    <Headline result={result} />
    <ChangesSection result={result} />
    <ProgrammesSection result={result} name={name} />
    <BandsSection result={result} name={name} />
    <CountiesSection result={result} name={name} />
    <MonthsSection result={result} name={name} />
    <RareSection result={result} name={name} />
    <ExamplesSection result={result} name={name} />
    <MissingSection result={result} name={name} />
    {children}
    <AboutSection result={result} {...(resultHash ? { resultHash } : {})} />
  </div>
)
