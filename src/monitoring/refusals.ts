import { defineRefusals } from '#base'

export const refusals = defineRefusals({
  'monitoring.wrong-state': {
    status: 409,
    zh: '预警 {number} 的状态已经变化，不能再进行这一步。请刷新后查看。',
    en: 'Alert {number} has moved on and this step is no longer possible. Reload to see it.',
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
  'monitoring.not-superior': {
    status: 403,
    zh: '只有县级以上民政部门可以按“上级交办”上报，请选择走访发现或来电反映。',
    en: 'Only civil affairs from the county up may send an alert down; choose visit or call.',
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
  'monitoring.scan-over': {
    status: 409,
    zh: '这次监测比对已经结束或正在运行，不会再次运行。',
    en: 'This scan has ended or is running already, and is not run again.',
  },
  'monitoring.scan-interrupted': {
    status: 409,
    zh: '系统中途停止，这次监测比对没有完成，也没有产生预警。请重新比对。',
    en: 'The system stopped in the middle; the scan raised nothing. Run it again.',
  },
  'monitoring.scan-failed': {
    status: 500,
    zh: '监测比对出错，没有产生预警。原因在运行日志里，请联系管理员。',
    en: 'The scan failed and raised nothing. The cause is in the log; tell your administrator.',
  },
  'monitoring.files-changed': {
    status: 409,
    zh: '比对期间有数据文件被撤回，本次没有产生预警。请重新比对。',
    en: 'A file was taken back while the scan ran, so it raised nothing. Run it again.',
  },
  'monitoring.engines-disagree': {
    status: 500,
    zh: '两个计算引擎对指标“{indicator}”的结论不一致（{count} 个对象），本次比对已停止，没有产生预警。',
    en: 'The two engines disagree on {indicator} ({count} subjects); the scan stopped and raised nothing.',
  },
})
