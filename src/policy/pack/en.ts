import type { Texts } from './zh-CN.ts'

export const en: Texts = {
  findings: {
    syntax: 'cannot read the expression from “{text}” on',
    'unknown-name': 'there is no fact, parameter or function named “{name}”',
    'type-clash': 'types do not fit around “{sign}”: {left} and {right}',
    'unit-clash': 'units do not fit around “{sign}”: {left} and {right}',
    'code-never-occurs': 'the code “{code}” can never occur here, possible are: {possible}',
    'out-of-range': 'the result of “{sign}” could leave the range of exact numbers ({low} to {high})',
    'outside-sql-profile': '“{what}” is not in the SQL profile: use {use}',
    'divisor-not-positive':
      'the divisor may be below 1 (least {low}): give the parameter a range from 1, or exclude it with if',
    'workdays-out-of-range':
      'working days are counted from 0 to {most}, here they could be {low} to {high}: give the parameter such a range',
    cycle: 'the rule “{name}” comes back to itself; break the circle',
    'broken-rule': 'the rule “{name}” it builds on is broken',
    'file-missing': 'the file is missing',
    'pack-missing': 'the pack “{name}” named by over is not there',
    'rule-type-differs': 'rule “{rule}” declares {declared}, its expression gives {actual}',
    'written-twice': '“{name}” is also written in {other}; keep one of the two',
    'name-twice': '“{name}” is both a fact and a rule; rename one',
    'parameter-without-range':
      'parameter “{name}” has no range: it bounds the results on days and in regions without a value',
    'value-out-of-range': 'the value {value} of parameter “{name}” does not fit its type, range or options',
    'values-overlap':
      'two values of parameter “{name}” overlap in one region; end the earlier one with until',
    'values-gap':
      'parameter “{name}” has a gap between two values of one region; fill it or say there is no value',
    'under-floor':
      'the value {value} of parameter “{name}” lies under its floor: “{parameter}” is {floor}, times {times}',
    'programme-unknown-rule':
      'programme “{programme}” names the rule “{name}”, which is not there or of another entity or type',
    'not-yaml': 'not valid YAML: {reason}',
    schema: '“{path}” does not have the right form: {reason}',
    'no-source': '“{name}” names no source (document and clause)',
    'no-check-date': '“{name}” lacks checkedOn, the date its source was checked',
    'unknown-document': 'sources.yaml has no document “{name}”',
    'rule-not-boolean': 'the condition of rule “{rule}” must be a boolean, it is {type}',
    'may-be-absent':
      'the negated condition in “{text}” may be null and would quietly not hold; compare with null first',
    'feeds-differ': 'rule “{rule}” declares the feeds “{declared}”, its condition uses “{used}”',
    'version-twice':
      'this version of “{rule}” is of another entity than “{other}”, or begins on the same day in the same region; choose another day',
    'unknown-placeholder': 'the sentence of rule “{rule}” has nothing to fill in for “{name}”',
    'threshold-without-case': 'the threshold “{text}” of rule “{rule}” lacks a case: {needed}',
    'case-unknown-name': 'case “{name}” names a rule or fact that does not exist: {what}',
    'case-fails': 'case “{name}” expects {expected}, the result is {actual}',
  },
  below: 'just below the threshold',
  at: 'exactly at the threshold',
  above: 'just above the threshold',
  holds: 'holds',
  holdsNot: 'does not hold',
  unknown: 'unknown',
  absent: 'none',
  yes: 'yes',
  no: 'no',
  calendarYear: 'the working-day calendar of {year} (not yet entered)',
  calendarOther: 'the working-day calendar of that year (not yet entered)',
  openSentence: '“{name}” cannot be judged yet, still to be found out: {missing}.',
  calmSentence: '“{name}”: the condition does not hold.',
  listSeparator: ', ',
  yuan: '{amount} yuan',
}
