import type { Texts } from '#ui'
import { filled, type Html, html } from '../html.ts'
import type { Assessed, Likelihood } from './assess.ts'
import { en } from './en.ts'
import type { Answers } from './household.ts'
import type { Question, SelfCheckFile } from './questions.ts'
import { zhCN } from './zh-CN.ts'

export type Language = 'zh-CN' | 'en'

/** The address of the self-check; everything of it lies below. */
export const selfCheckPath = '/self-check'

/** What every page of the self-check needs. */
export interface PageFrame {
  readonly language: Language
  readonly isDemo: boolean
  /** Tells a browser that style or script have changed. */
  readonly version: string
}

type Words = Texts<typeof zhCN>
const wordsIn = (language: Language): Words => (language === 'en' ? en : zhCN)
const keyOf = (language: Language): 'zh' | 'en' => (language === 'en' ? 'en' : 'zh')
const homeOf = (language: Language): string =>
  language === 'en' ? `${selfCheckPath}?lang=en` : selfCheckPath

const page = (frame: PageFrame, title: string, content: Html): string => {
  const { language, isDemo, version } = frame
  const words = wordsIn(language)
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${words.product}</title>
<link rel="stylesheet" href="${selfCheckPath}/style.css?v=${version}">
<script src="${selfCheckPath}/page.js?v=${version}" defer></script>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header><p>${words.title}</p><a href="${homeOf(language === 'en' ? 'zh-CN' : 'en')}" lang="${language === 'en' ? 'zh-CN' : 'en'}">${words.other}</a></header>
${isDemo && html`<p class="demo">${words.demo}</p>`}
<main id="main" tabindex="-1">${content}</main>
</body>
</html>
`.html
}

/** A place that may be chosen. */
export interface PlaceChoice {
  readonly code: string
  readonly name: string
}

/**
 * All questions in one document, one shown at a time by its address: the browser's own way back works, without a script, and
 * nothing is sent before the last one.
 */
export const questionsPage = (
  frame: PageFrame,
  file: SelfCheckFile,
  places: readonly PlaceChoice[],
  answers: Answers,
): string => {
  const words = wordsIn(frame.language)
  const { questions } = file
  const steps = questions.map((question, index) =>
    stepOf(frame, question, { index, steps: questions.length }, places, answers[question.id] ?? ''),
  )
  const start = html`<section class="step start" id="start">
<h1>${words.title}</h1>
<p class="lead">${words.start.lead}</p>
<p>${words.start.private}</p>
<p>${words.start.noDecision}</p>
<p class="actions"><a class="primary" href="#q1">${words.start.begin}</a></p>
</section>`
  return page(
    frame,
    words.title,
    html`<form method="post" action="${homeOf(frame.language)}" autocomplete="off">
<button type="submit" disabled hidden></button>
${steps}
${start}
</form>`,
  )
}

interface At {
  readonly index: number
  readonly steps: number
}

const stepOf = (
  { language }: PageFrame,
  question: Question,
  { index, steps }: At,
  places: readonly PlaceChoice[],
  answer: string,
): Html => {
  const words = wordsIn(language)
  const key = keyOf(language)
  const step = index + 1
  const name = `q${step}`
  const isLast = step === steps
  const help = question.help && html`<p class="help" id="${name}-help">${question.help[key]}</p>`
  const described = question.help ? html` aria-describedby="${name}-help"` : ''
  return html`<section class="step" id="${name}" tabindex="-1">
<p class="progress"><progress value="${step}" max="${steps}" aria-hidden="true"></progress>${filled(words.step.progress, { step, steps })}</p>
${controlOf(question, { name, answer, places, words, key, help, described })}
<p class="hint">${words.step.skip}</p>
<p class="speak"><button type="button" class="quiet" data-speak="${name}" hidden>${words.step.speak}</button></p>
<p class="actions"><a class="secondary" href="${index === 0 ? '#start' : `#q${index}`}">${words.step.back}</a>${
    isLast
      ? html`<button class="primary" name="do" value="result">${words.step.result}</button>`
      : html`<a class="primary" href="#q${step + 1}">${words.step.next}</a>`
  }</p>
</section>`
}

interface ControlParts {
  readonly name: string
  readonly answer: string
  readonly places: readonly PlaceChoice[]
  readonly words: Words
  readonly key: 'zh' | 'en'
  readonly help: Html | undefined
  readonly described: Html | string
}

const controlOf = (question: Question, parts: ControlParts): Html => {
  const { name, answer, places, words, key, help, described } = parts
  const field = `a-${question.id}`
  if (question.kind === 'choice') {
    const radios = question.answers.map(
      ({ id, label }) =>
        html`<label class="choice"><input type="radio" name="${field}" value="${id}"${id === answer && html` checked`}> ${label[key]}</label>`,
    )
    return html`<fieldset${described}><legend><h1 id="${name}-ask">${question.ask[key]}</h1></legend>${help}${radios}</fieldset>`
  }
  const title = html`<h1 id="${name}-ask"><label for="${field}">${question.ask[key]}</label></h1>${help}`
  if (question.kind === 'place') {
    const options = places.map(
      ({ code, name: of }) =>
        html`<option value="${code}"${code === answer && html` selected`}>${of}</option>`,
    )
    return html`${title}<select id="${field}" name="${field}"${described}><option value="">${words.step.choose}</option>${options}</select>`
  }
  const unit = { money: words.step.yuan, age: words.step.years, people: words.step.people }[question.kind]
  return html`${title}<p class="number"><input id="${field}" name="${field}" inputmode="${question.kind === 'money' ? 'decimal' : 'numeric'}" maxlength="12" value="${answer}"${described}> <span>${unit}</span></p>`
}

/** What comes out, the likely first; those that probably do not fit are folded. */
export const resultPage = (
  frame: PageFrame,
  results: readonly Assessed[],
  answers: Answers,
  { advice: given }: SelfCheckFile,
): string => {
  const words = wordsIn(frame.language)
  const key = keyOf(frame.language)
  const advice = { bring: given.bring[key], ask: given.ask[key] }
  const of = (likelihood: Likelihood) => results.filter((one) => one.likelihood === likelihood)
  const group = (likelihood: 'likely' | 'open') => {
    const found = of(likelihood)
    if (found.length === 0) return ''
    return html`<h2 class="mark ${likelihood}">${words.result[likelihood]} <small>${filled(words.result.count, { count: found.length })}</small></h2>
${found.map((one) => resultOf(one, words))}`
  }
  const others = [...of('unlikely'), ...of('unasked')]
  const unlikely = of('unlikely')
  const unasked = of('unasked')
  const folded =
    others.length > 0 &&
    html`<details><summary>${filled(words.result.showUnlikely, { count: others.length })}</summary>
${unlikely.length > 0 && html`<h2 class="mark unlikely">${words.result.unlikely}</h2>${unlikely.map((one) => resultOf(one, words))}`}
${unasked.length > 0 && html`<h2 class="mark unasked">${words.result.unasked}</h2><section class="card"><p>${words.result.unaskedWhy}</p><ul>${unasked.map(({ name }) => html`<li>${name}</li>`)}</ul></section>`}</details>`
  const empty =
    results.length === 0 &&
    html`<section class="card"><h2>${words.result.none}</h2><p>${words.result.noneBody}</p></section>`
  return page(
    frame,
    words.result.title,
    html`<h1>${words.result.title}</h1>
<p class="lead">${words.result.lead}</p>
${group('likely')}${group('open')}${folded}${empty}
<p>${words.result.usual}</p>
<section class="card"><p><strong>${words.result.apply}</strong></p>${adviceOf(advice, words)}</section>
<form method="post" action="${homeOf(frame.language)}">
${Object.entries(answers).map(([id, value]) => html`<input type="hidden" name="a-${id}" value="${value}">`)}
<p class="actions"><button class="secondary" name="do" value="edit">${words.result.back}</button><button type="button" class="primary" data-print hidden>${words.result.print}</button></p>
</form>
<p class="end"><a href="${homeOf(frame.language)}">${words.result.end}</a></p>`,
  )
}

const resultOf = (one: Assessed, words: Words): Html => {
  const { result } = words
  const { likelihood, missing, whose } = one
  const isWhoseTold = likelihood !== 'unlikely' && whose !== 'household'
  return html`<article class="card ${likelihood}">
<h3>${one.name}</h3>
${isWhoseTold && html`<p class="whose">${result[whose]}</p>`}
<p>${one.why ?? result.openWhy}</p>
${likelihood === 'open' && html`<ul>${missing.map((name) => html`<li>${name}</li>`)}</ul>`}
${likelihood === 'likely' && adviceOf(one, words)}
</article>`
}

const adviceOf = ({ bring, ask }: Pick<Assessed, 'bring' | 'ask'>, { result }: Words): Html =>
  html`<dl><dt>${result.bring}</dt><dd>${bring}</dd><dt>${result.ask}</dt><dd>${ask}</dd></dl>`

/** A page for when it does not work. */
export const errorPage = (frame: PageFrame, isBusy: boolean): string => {
  const { error } = wordsIn(frame.language)
  const title = isBusy ? error.busyTitle : error.title
  return page(
    frame,
    title,
    html`<h1>${title}</h1><p>${isBusy ? error.busyBody : error.body}</p><p class="actions"><a class="primary" href="${homeOf(frame.language)}">${error.retry}</a></p>`,
  )
}
