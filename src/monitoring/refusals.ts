import { defineRefusals } from '#base'

export const refusals = defineRefusals({
  'monitoring.wrong-state': {
    status: 409,
    zh: '预警 {number} 当前状态为“{status}”，不能进行这一步操作。请刷新后查看。',
    en: 'Alert {number} is {status}; this step is not possible. Reload to see it.',
  },
  'monitoring.not-holder': {
    status: 403,
    zh: '这条预警由其他单位办理，本单位不能处置。',
    en: 'Another office holds this alert; yours cannot dispose of it.',
  },
  'monitoring.no-evidence': {
    status: 422,
    zh: '请先上传至少一份核实凭据（照片、表格或说明）再处置。',
    en: 'Add at least one evidence file before disposing.',
  },
  'monitoring.evidence-type': {
    status: 422,
    zh: '凭据只接受 PDF、PNG、JPG 或 XLSX、DOCX 文件。',
    en: 'Evidence must be a PDF, PNG, JPG, XLSX or DOCX file.',
  },
  'monitoring.no-file': {
    status: 400,
    zh: '没有收到文件，请重新选择。',
    en: 'No file was received; choose it again.',
  },
  'monitoring.no-such-office': {
    status: 422,
    zh: '没有找到要分派的单位，或者不在您的管辖范围内。',
    en: 'The office was not found, or is outside your area.',
  },
  'monitoring.scan-running': {
    status: 409,
    zh: '已有一次监测比对正在运行，请等它结束。',
    en: 'A scan is already running; wait for it to end.',
  },
  'monitoring.scan-cancelled': {
    status: 409,
    zh: '监测比对已取消，没有产生预警。',
    en: 'The scan was cancelled and raised nothing.',
  },
  'monitoring.engines-disagree': {
    status: 500,
    zh: '两个计算引擎对指标“{indicator}”的结论不一致（{count} 个对象），本次比对已停止，没有产生预警。',
    en: 'The two engines disagree on {indicator} ({count} subjects); the scan stopped and raised nothing.',
  },
})
