/** The door of insight for both halves. */
export { refusals as insightRefusals } from './refusals.ts'
