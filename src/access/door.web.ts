/** The door of access for pages: how they call the routes that contracts declare, and read what came back. */
export { addressOf, callRoute, isChangedMeanwhile, listFrom } from './calls/call.web.ts'
export { dateFrom, instantFrom, minuteText } from './calls/reply-dates.ts'
export { uploadTo } from './calls/upload.web.ts'
