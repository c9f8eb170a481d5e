import { defineRefusals } from '#base'

/** Why a decision model cannot be read; faults inside its expressions are failures of single decisions instead. */
export const dmnRefusals = defineRefusals({
  'policy.dmn-broken': {
    status: 422,
    zh: '{file} 第 {line} 行第 {column} 列：不是完好的 XML（{reason}）。',
    en: '{file}, line {line}, column {column}: no well-formed XML ({reason}).',
  },
  'policy.dmn-encoding': {
    status: 422,
    zh: '{file} 第 1 行：内容不是 {encoding} 编码。',
    en: '{file}, line 1: the content is not encoded as {encoding}.',
  },
  'policy.dmn-foreign': {
    status: 422,
    zh: '{file} 第 {line} 行：根元素是 {element}，不是 DMN 1.1 至 1.5 的 definitions。',
    en: '{file}, line {line}: the root element is {element}, not definitions of DMN 1.1 to 1.5.',
  },
  'policy.dmn-import-missing': {
    status: 422,
    zh: '{file} 第 {line} 行：缺少导入的模型“{name}”（{namespace}），请用 --import 给出它的文件。',
    en: '{file}, line {line}: the imported model "{name}" ({namespace}) is missing; give its file by --import.',
  },
})
